using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>The batch's images on this device.</summary>
/// <param name="Pixels">Normalised, fp32 <c>[batch, 3, size, size]</c>. Not to be changed: all arms read it.</param>
public sealed record Images(Tensor Pixels) : IShared;

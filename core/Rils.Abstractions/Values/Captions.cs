using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>The batch's captions on this device.</summary>
/// <param name="Tokens">int64 <c>[batch, longest context of the arms]</c>, zero after the end-of-text token.</param>
public sealed record Captions(Tensor Tokens) : IShared;

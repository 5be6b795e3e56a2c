using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's captions on this device.</summary>
/// <param name="Tokens">int64 <c>[batch, longest context of the arms]</c>, zero after the end-of-text token.</param>
/// <param name="Lengths">Tokens of each caption, start and end included, as the host counted them.</param>
public sealed record Captions(Tensor Tokens, IReadOnlyList<int> Lengths) : IShared;

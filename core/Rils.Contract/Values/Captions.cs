using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's captions as token ids, on the device of the lane.</summary>
/// <param name="Tokens">int64 <c>[batch, longest context of the arms]</c>, zero after the end-of-text token.</param>
/// <param name="Lengths">The number of tokens of each caption, start and end included, in the order of the batch. Held
/// by the host, so that reading them waits for no device.</param>
public sealed record Captions(Tensor Tokens, IReadOnlyList<int> Lengths) : IShared;

using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's captions as token ids of the arm's own tokenizer, on the device of the lane.</summary>
/// <param name="Tokens">int64 <c>[batch, context of the arm's text encoder]</c>, zero after the end-of-text token. Arms
/// with the same tokenizer and context share this tensor: do not change it.</param>
/// <param name="Lengths">The number of tokens of each caption, start and end included, in the order of the batch. Held
/// by the host, so that reading them waits for no device.</param>
public sealed record CaptionTokens(Tensor Tokens, IReadOnlyList<int> Lengths);

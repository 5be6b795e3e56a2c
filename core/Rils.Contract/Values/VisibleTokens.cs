using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tokens of the visible patches, and the mask that they were made with.</summary>
/// <param name="Tokens"><c>[selected, 1 + visible, width]</c>, the class token first.</param>
/// <param name="Mask">The mask of the selected images: <c>selected</c> rows.</param>
public sealed record VisibleTokens(Tensor Tokens, PatchMask Mask);

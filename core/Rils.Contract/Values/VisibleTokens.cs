using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The backbone's tokens of the visible patches, and the mask that hid the others.</summary>
/// <param name="Tokens">Floating point, <c>[selected, prefix + visible, width]</c>: the tokens before the
/// patches, then the visible patches.</param>
/// <param name="Mask">The mask of the selected images, in their order: <c>selected</c> rows.</param>
public sealed record VisibleTokens(Tensor Tokens, PatchMask Mask);

using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The decoder's predictions for the selected images.</summary>
/// <param name="Tokens">Floating point, <c>[selected, prefix + patches, target width]</c>: the tokens before the
/// patches, then the patches in the order of the image.</param>
/// <param name="Mask">The mask of the selected images, in their order: <c>selected</c> rows.</param>
public sealed record PatchPrediction(Tensor Tokens, PatchMask Mask)
{
    /// <summary>The number of tokens before the patches.</summary>
    public int Prefix => (int)(Tokens.shape[1] - Mask.Restore.shape[1]);

    /// <summary>The predictions for hidden patches, <c>[selected, hidden, target width]</c>, in the order of
    /// <see cref="PatchMask.Hidden"/>.</summary>
    public Tensor Hidden => ImageTokens.Pick(Tokens, Mask.Hidden, Prefix);
}

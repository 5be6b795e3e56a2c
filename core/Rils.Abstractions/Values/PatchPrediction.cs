using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>What the decoder predicts for the selected images.</summary>
/// <param name="Tokens"><c>[selected, 1 + patches, target width]</c>, the class token first.</param>
/// <param name="Mask">The mask of the selected images: <c>selected</c> rows.</param>
public sealed record PatchPrediction(Tensor Tokens, PatchMask Mask)
{
    /// <summary>The predictions for hidden patches, <c>[selected, hidden, target width]</c>, in the order of <see cref="PatchMask.Hidden"/>.</summary>
    public Tensor Hidden
    {
        get
        {
            var (images, patches, hidden, width) = (Tokens.shape[0], Tokens.shape[1], Mask.Hidden.shape[1], Tokens.shape[2]);
            var first = arange(0, images * patches, patches, ScalarType.Int64, Mask.Hidden.device).unsqueeze(1);
            // Over flat rows an index copies memory; gather() along dimension 1 would look up every number.
            return Tokens.reshape(images * patches, width).index_select(0, (Mask.Hidden + 1 + first).flatten()).view(images, hidden, width);
        }
    }
}

using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tokens of whole images.</summary>
/// <param name="Tokens"><c>[batch, 1 + patches, width]</c>, the class token first.</param>
public sealed record ImageTokens(Tensor Tokens)
{
    /// <summary>The patch tokens, <c>[batch, patches, width]</c>.</summary>
    public Tensor Patches => Tokens.narrow(1, 1, Tokens.shape[1] - 1);

    /// <summary>Tokens of patches, <c>[images, picked, width]</c>.</summary>
    /// <param name="tokens"><c>[batch, 1 + patches, width]</c>, the class token first.</param>
    /// <param name="patches">Patch numbers, int64 <c>[images, picked]</c>.</param>
    /// <param name="images">Their images' numbers in the batch, int64 <c>[images]</c>; null for all, in order.</param>
    public static Tensor Pick(Tensor tokens, Tensor patches, Tensor? images = null) =>
        PickRows(tokens, patches + 1, images);

    /// <summary>Rows of sequences, whatever the rows are, <c>[images, picked, width]</c>.</summary>
    /// <param name="rows"><c>[batch, rows, width]</c>; contiguous ones are not copied.</param>
    /// <param name="numbers">Row numbers, int64 <c>[images, picked]</c>.</param>
    /// <param name="images">Numbers of the sequences, int64 <c>[images]</c>; null for all, in order.</param>
    public static Tensor PickRows(Tensor rows, Tensor numbers, Tensor? images = null)
    {
        // Over flat rows an index copies memory; gather() along dimension 1 would look up every number.
        var first = (images ?? arange(numbers.shape[0], ScalarType.Int64, numbers.device)).unsqueeze(1) * rows.shape[1];
        var picked = rows.reshape(-1, rows.shape[2]).index_select(0, (first + numbers).flatten());
        return picked.view(numbers.shape[0], numbers.shape[1], rows.shape[2]);
    }

    /// <summary>One feature per image, <c>[batch, width]</c>: the mean of the patch tokens, without the class token.</summary>
    public static Tensor Pool(Tensor tokens) => tokens.narrow(1, 1, tokens.shape[1] - 1).mean([1L]);
}

using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tokens of whole images.</summary>
/// <param name="Tokens">Floating point, <c>[batch, 1 + patches, width]</c>, the class token first.</param>
public sealed record ImageTokens(Tensor Tokens)
{
    /// <summary>The patch tokens without the class token, <c>[batch, patches, width]</c>: a view of
    /// <see cref="Tokens"/>.</summary>
    public Tensor Patches => Tokens.narrow(1, 1, Tokens.shape[1] - 1);

    /// <summary>Picks the tokens of some patches of some images.</summary>
    /// <param name="tokens"><c>[batch, 1 + patches, width]</c>, the class token first.</param>
    /// <param name="patches">The numbers of the patches to pick in each image, from 0: int64
    /// <c>[images, picked]</c>.</param>
    /// <param name="images">The images' numbers in the batch, from 0: int64 <c>[images]</c>. Null for all images, in
    /// order.</param>
    /// <returns><c>[images, picked, width]</c>, in the order of <paramref name="patches"/>.</returns>
    public static Tensor Pick(Tensor tokens, Tensor patches, Tensor? images = null)
    {
        // Over flat rows an index copies memory; gather() along dimension 1 would look up every number.
        var first = (images ?? arange(patches.shape[0], ScalarType.Int64, patches.device)).unsqueeze(1)
            * tokens.shape[1];
        var rows = tokens.reshape(-1, tokens.shape[2]).index_select(0, (first + patches + 1).flatten());
        return rows.view(patches.shape[0], patches.shape[1], tokens.shape[2]);
    }

    /// <summary>Takes the mean of the patch tokens of each image, without the class token.</summary>
    /// <param name="tokens"><c>[batch, 1 + patches, width]</c>, the class token first.</param>
    /// <returns>One feature per image, <c>[batch, width]</c>, in the type of <paramref name="tokens"/>.</returns>
    public static Tensor Pool(Tensor tokens) => tokens.narrow(1, 1, tokens.shape[1] - 1).mean([1L]);
}

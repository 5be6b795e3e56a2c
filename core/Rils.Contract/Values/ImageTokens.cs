using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Tokens of whole images.</summary>
/// <param name="Tokens">Floating point, <c>[batch, prefix + patches, width]</c>: the tokens before the patches, then
/// the patches.</param>
/// <param name="Prefix">The number of tokens before the patches, <see cref="PatchShape.Prefix"/>.</param>
public sealed record ImageTokens(Tensor Tokens, int Prefix)
{
    /// <summary>The patch tokens alone, <c>[batch, patches, width]</c>: a view of <see cref="Tokens"/>.</summary>
    public Tensor Patches => Tokens.narrow(1, Prefix, Tokens.shape[1] - Prefix);

    /// <summary>Picks the tokens of some patches of some images.</summary>
    /// <param name="tokens"><c>[batch, prefix + patches, width]</c>, the patches last.</param>
    /// <param name="patches">The numbers of the patches to pick in each image, from 0: int64
    /// <c>[images, picked]</c>.</param>
    /// <param name="prefix">The number of tokens before the patches.</param>
    /// <param name="images">The images' numbers in the batch, from 0: int64 <c>[images]</c>. Null for all images, in
    /// order.</param>
    /// <returns><c>[images, picked, width]</c>, in the order of <paramref name="patches"/>.</returns>
    public static Tensor Pick(Tensor tokens, Tensor patches, int prefix, Tensor? images = null) =>
        PickRows(tokens, patches.Plus(Constant.Of(prefix)), images);

    /// <summary>Picks rows of some sequences, whatever the rows are.</summary>
    /// <param name="rows"><c>[batch, rows, width]</c>; contiguous ones are not copied.</param>
    /// <param name="numbers">The numbers of the rows to pick in each sequence, from 0: int64
    /// <c>[sequences, picked]</c>.</param>
    /// <param name="images">The sequences' numbers in the batch, from 0: int64 <c>[sequences]</c>. Null for all, in
    /// order.</param>
    /// <returns><c>[sequences, picked, width]</c>, in the order of <paramref name="numbers"/>.</returns>
    public static Tensor PickRows(Tensor rows, Tensor numbers, Tensor? images = null)
    {
        // Over flat rows an index copies memory; gather() along dimension 1 would look up every number.
        var own = images ?? Constant.Count(numbers.shape[0], numbers.device);
        var first = own.unsqueeze(1) * Constant.Of(rows.shape[1]);
        var picked = rows.reshape(-1, rows.shape[2]).index_select(0, first.Plus(numbers).flatten());
        return picked.view(numbers.shape[0], numbers.shape[1], rows.shape[2]);
    }

    /// <summary>Takes the mean of the patch tokens of each image, without the tokens before them.</summary>
    /// <param name="tokens"><c>[batch, prefix + patches, width]</c>, the patches last.</param>
    /// <param name="prefix">The number of tokens before the patches.</param>
    /// <returns>One feature per image, <c>[batch, width]</c>, in the type of <paramref name="tokens"/>.</returns>
    public static Tensor MeanOfPatches(Tensor tokens, int prefix) =>
        tokens.narrow(1, prefix, tokens.shape[1] - prefix).mean([1L]);
}

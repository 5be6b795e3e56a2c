using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Chooses the images that take part in the masked pass. The mask itself stays as it is, because other arms
/// may read the same noise.</summary>
static class LanguageGate
{
    /// <summary>How many sizes a part's masked pass can have, besides none: oneDNN keeps compiled kernels for each size
    /// that it has seen.</summary>
    const long Sizes = 8;

    /// <summary>Selects the images whose own caption has the largest cosine in the batch, or all images, and gives each
    /// its weight. The logit scale changes no order; argmax decides between ties. All parts of the batch get as many
    /// images as the part with the most selected ones, rounded up to a multiple of an eighth of a part: the first
    /// unselected images of a part fill it up, with weight 0.</summary>
    public static void Select(
        in LanguageTargetOptions options, in ImageEmbedding images, in TextEmbedding sentences, in SharedSpace space,
        in BatchParts parts, out ImageSelection selection)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var own = Constant.Count(images.Vectors.shape[0], images.Vectors.device);
        var (selected, counts) = options.Gate switch
        {
            Gate.Correct => Correct(images.Vectors, sentences.Vectors, own, parts.On(images.Vectors.device)),
            Gate.Soft => (own, Soft(images.Vectors, sentences.Vectors, space.LogitScale)),
            _ => (own, null),
        };
        selection = new(selected.MoveToOuterDisposeScope(), counts?.MoveToOuterDisposeScope());
    }

    /// <summary>The probability of each image's own caption among the batch's, fp32 <c>[batch]</c>.</summary>
    static Tensor Soft(Tensor images, Tensor sentences, Tensor scale) =>
        (scale * Similarity.Cosines(images, sentences)).softmax(1).diagonal().clone();

    static (Tensor Images, Tensor? Weights) Correct(Tensor images, Tensor sentences, Tensor own, int parts)
    {
        var isCorrect = Similarity.AreRight(Similarity.Cosines(images, sentences));
        var (batch, size) = (own.size(0), own.size(0) / parts);
        // Device synchronisation: the number of selected images decides the sizes of the whole masked pass.
        var counts = isCorrect.view(parts, size).sum(1).cpu().data<long>();
        var piece = Math.Max(1, size / Sizes);
        var filled = Math.Min(size, (counts.Max() + piece - 1) / piece * piece);
        // The first correct images of each part, then its first others; sorted into the batch's order again.
        var order = where(isCorrect, own, own.Plus(Constant.Of(batch))).view(parts, size).argsort(1)
            .narrow(1, 0, filled).sort(1).Values;
        var chosen = order.Plus(own.view(parts, size).narrow(1, 0, 1)).flatten();
        return (chosen, counts.All(count => count == filled) ? null
            : isCorrect.index_select(0, chosen).to(ScalarType.Float32));
    }
}

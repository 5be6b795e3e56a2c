using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Chooses the images whose masked pass is needed. The mask itself stays as it is: other arms may read the same noise.</summary>
static class LanguageGate
{
    /// <summary>How many sizes a part's masked pass can have, besides none: oneDNN keeps compiled kernels for each that
    /// it has seen.</summary>
    const long Sizes = 8;

    /// <summary>Selects the images whose own caption has the largest cosine in the batch (the logit scale changes no
    /// order; ties fall as argmax lets them), or all, and says how much each counts. All parts of the batch get as many
    /// images as the part with most of them, and fill up to a multiple of an eighth of a part: the first of its other
    /// images fill up a part, and count as 0.</summary>
    public static void Select(in LanguageTargetOptions options, in ImageEmbedding images, in Sentences sentences, in SharedSpace space,
        in BatchParts parts, out ImageSelection selection)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var own = arange(images.Vectors.shape[0], ScalarType.Int64, images.Vectors.device);
        var (selected, counts) = options.Gate switch
        {
            Gate.Correct => Correct(images.Vectors, sentences.Vectors, own, parts.On(images.Vectors.device)),
            Gate.Soft => (own, Soft(images.Vectors, sentences.Vectors, space.LogitScale)),
            _ => (own, null),
        };
        selection = new(selected.MoveToOuterDisposeScope(), counts?.MoveToOuterDisposeScope());
    }

    /// <summary>The probability that each image gives its own caption, fp32 <c>[batch]</c>.</summary>
    static Tensor Soft(Tensor images, Tensor sentences, Tensor scale) =>
        (scale * Similarity.Cosines(images, sentences)).softmax(1).diagonal().clone();

    static (Tensor Images, Tensor? Weights) Correct(Tensor images, Tensor sentences, Tensor own, int parts)
    {
        var isCorrect = Similarity.AreRight(Similarity.Cosines(images, sentences));
        var (batch, size) = (own.size(0), own.size(0) / parts);
        // Device synchronisation: how many images there are decides the sizes of the whole masked pass.
        var counts = isCorrect.view(parts, size).sum(1).cpu().data<long>();
        var piece = Math.Max(1, size / Sizes);
        var filled = Math.Min(size, (counts.Max() + piece - 1) / piece * piece);
        // The first correct images of each part, then its first others; in the batch's order again.
        var order = where(isCorrect, own, own + batch).view(parts, size).argsort(1).narrow(1, 0, filled).sort(1).Values;
        var chosen = (order + own.view(parts, size).narrow(1, 0, 1)).flatten();
        return (chosen, counts.All(count => count == filled) ? null
            : isCorrect.index_select(0, chosen).to(ScalarType.Float32));
    }
}

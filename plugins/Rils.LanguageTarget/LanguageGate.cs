using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Chooses the images whose masked pass is needed. The mask itself stays as it is: other arms may read the same noise.</summary>
static class LanguageGate
{
    /// <summary>How many sizes the masked pass can have, besides none: oneDNN keeps compiled kernels for each that it has seen.</summary>
    const long Sizes = 16;

    /// <summary>Selects the images whose own caption has the largest cosine in the batch (the logit scale changes no order; ties fall as
    /// argmax lets them), or all, and says how much each counts. The first of the others fill up a sixteenth of the batch and count as 0.</summary>
    public static void Select(in LanguageTargetOptions options, in ImageEmbedding images, in Sentences sentences, in SharedSpace space,
        out ImageSelection selection)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var own = arange(images.Vectors.shape[0], ScalarType.Int64, images.Vectors.device);
        var (selected, counts) = options.Gate switch
        {
            Gate.Correct => Correct(images.Vectors, sentences.Vectors, own),
            Gate.Soft => (own, Soft(images.Vectors, sentences.Vectors, space.LogitScale)),
            _ => (own, null),
        };
        selection = new(selected.MoveToOuterDisposeScope(), counts?.MoveToOuterDisposeScope());
    }

    /// <summary>The probability that each image gives its own caption, fp32 <c>[batch]</c>.</summary>
    static Tensor Soft(Tensor images, Tensor sentences, Tensor scale) => (scale * Cosines(images, sentences)).softmax(1).diagonal().clone();

    static Tensor Cosines(Tensor images, Tensor sentences) => LanguageLogits.Unit(images).matmul(LanguageLogits.Unit(sentences).t());

    static (Tensor Images, Tensor? Weights) Correct(Tensor images, Tensor sentences, Tensor own)
    {
        var isCorrect = Cosines(images, sentences).argmax(1).eq(own);
        // Device synchronisation: how many images there are decides the sizes of the whole masked pass.
        var selected = isCorrect.nonzero().squeeze(1);
        var (count, batch) = (selected.shape[0], own.shape[0]);
        var piece = Math.Max(1, batch / Sizes);
        var filled = Math.Min(batch, (count + piece - 1) / piece * piece);
        if (filled == count) return (selected, null);
        var chosen = where(isCorrect, own, own + batch).argsort().narrow(0, 0, filled).sort().Values;
        return (chosen, isCorrect.index_select(0, chosen).to(ScalarType.Float32));
    }
}

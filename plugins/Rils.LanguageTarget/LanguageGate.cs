using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Chooses the images whose masked pass is needed. The mask itself stays as it is: other arms may read the same noise.</summary>
static class LanguageGate
{
    /// <summary>Selects the images whose own caption has the largest cosine in the batch (the logit scale changes no order; ties fall as
    /// argmax lets them), or all, and says how much each counts.</summary>
    public static void Select(in LanguageTargetOptions options, in ImageEmbedding images, in Sentences sentences, in SharedSpace space,
        out ImageSelection selection, out ImageWeights weights)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var all = arange(images.Vectors.shape[0], ScalarType.Int64, images.Vectors.device);
        var selected = options.Gate == Gate.Correct ? Correct(images.Vectors, sentences.Vectors, all) : all;
        selection = new(selected.MoveToOuterDisposeScope());
        weights = new(options.Gate == Gate.Soft ? Soft(images.Vectors, sentences.Vectors, space.LogitScale).MoveToOuterDisposeScope() : null);
    }

    /// <summary>The probability that each image gives its own caption, fp32 <c>[batch]</c>.</summary>
    static Tensor Soft(Tensor images, Tensor sentences, Tensor scale) => (scale * Cosines(images, sentences)).softmax(1).diagonal().clone();

    static Tensor Cosines(Tensor images, Tensor sentences) => LanguageLogits.Unit(images).matmul(LanguageLogits.Unit(sentences).t());

    static Tensor Correct(Tensor images, Tensor sentences, Tensor own)
    {
        var best = Cosines(images, sentences).argmax(1);
        // Device synchronisation: how many images there are decides the sizes of the whole masked pass.
        return best.eq(own).nonzero().squeeze(1);
    }
}

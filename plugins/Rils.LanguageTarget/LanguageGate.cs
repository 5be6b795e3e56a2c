using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Chooses the images whose masked pass is needed. The mask itself stays as it is: other arms may read the same noise.</summary>
static class LanguageGate
{
    /// <summary>Selects the images whose own caption has the largest cosine in the batch (the logit scale changes no order; ties fall as
    /// argmax lets them), or all.</summary>
    public static void Select(
        in LanguageTargetOptions options, in ImageEmbedding images, in Sentences sentences, out ImageSelection selection)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var all = arange(images.Vectors.shape[0], ScalarType.Int64, images.Vectors.device);
        var selected = options.Gate == Gate.None ? all : Correct(images.Vectors, sentences.Vectors, all);
        selection = new(selected.MoveToOuterDisposeScope());
    }

    static Tensor Correct(Tensor images, Tensor sentences, Tensor own)
    {
        var best = LanguageLogits.Unit(images).matmul(LanguageLogits.Unit(sentences).t()).argmax(1);
        // Device synchronisation: how many images there are decides the sizes of the whole masked pass.
        return best.eq(own).nonzero().squeeze(1);
    }
}

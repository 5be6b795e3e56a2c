using Rils.Contract;
using Rils.LanguageTarget;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Benchmarks;

/// <summary>The losses as the paper's formulas and the authors' code have them, all images selected.</summary>
static class PlainLosses
{
    /// <summary>Symmetric cross-entropy over logit_scale · cosine (Yang et al. 2023, section 3.1).</summary>
    /// <param name="images"><c>[batch, dimensions]</c>.</param>
    /// <param name="sentences"><c>[batch, dimensions]</c>.</param>
    /// <param name="scale">0-d.</param>
    public static Tensor Contrastive(Tensor images, Tensor sentences, Tensor scale)
    {
        var logits = scale * Unit(images).matmul(Unit(sentences).t());
        var own = arange(images.shape[0], ScalarType.Int64);
        return (nn.functional.cross_entropy(logits, own) + nn.functional.cross_entropy(logits.t(), own)) / 2;
    }

    /// <summary>KL(teacher || student) of every patch, <c>[batch · patches, batch]</c> logits each, then its mean over
    /// the hidden ones (section 3.3).</summary>
    /// <param name="space">Takes both sides to the sentences.</param>
    /// <param name="prediction"><c>[batch, 1 + patches, width]</c>.</param>
    /// <param name="tokens"><c>[batch, 1 + patches, width]</c>.</param>
    /// <param name="sentences"><c>[batch, dimensions]</c>.</param>
    /// <param name="mask">Of all images.</param>
    /// <param name="options">Temperatures.</param>
    public static Tensor Language(SharedSpace space, Tensor prediction, Tensor tokens, Tensor sentences, PatchMask mask,
        LanguageTargetOptions options)
    {
        var prototypes = Unit(sentences.detach()).t();
        var student = nn.functional.log_softmax(Unit(space.ProjectImages(Patches(prediction))).matmul(prototypes)
            / options.StudentTemperature, -1);
        var teacher = nn.functional.log_softmax(Unit(space.ProjectImages(Patches(tokens))).matmul(prototypes)
            / options.TeacherTemperature, -1).detach();
        var divergence = (teacher.exp() * (teacher - student)).sum(-1);
        var hidden = zeros(mask.Restore.shape)
            .scatter(1, mask.Hidden, ones_like(mask.Hidden, ScalarType.Float32)).flatten();
        return (divergence * hidden).sum() / (hidden.sum() + 1e-6);
    }

    static Tensor Patches(Tensor tokens) => tokens.narrow(1, 1, tokens.shape[1] - 1).reshape(-1, tokens.shape[2]);

    static Tensor Unit(Tensor vectors) => nn.functional.normalize(vectors, dim: -1);
}

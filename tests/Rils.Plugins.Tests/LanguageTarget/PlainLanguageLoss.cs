using Rils.LanguageTarget;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

/// <summary>The loss as the paper writes it, in fp64: logits of every patch of every image,
/// <c>[batch, patches, batch]</c>, then gate times mask.</summary>
static class PlainLanguageLoss
{
    /// <param name="options">Temperatures and where gradients flow.</param>
    /// <param name="prediction"><c>[batch, 1 + patches, dimensions]</c>.</param>
    /// <param name="tokens"><c>[batch, 1 + patches, dimensions]</c>.</param>
    /// <param name="images"><c>[batch, dimensions]</c>.</param>
    /// <param name="sentences"><c>[batch, dimensions]</c>.</param>
    /// <param name="mask">fp32 <c>[batch, patches]</c>, 1 where hidden.</param>
    /// <param name="scale">The logit scale.</param>
    /// <param name="past"><c>[past, dimensions]</c>.</param>
    public static Tensor Value(LanguageTargetOptions options, Tensor prediction, Tensor tokens, Tensor images,
        Tensor sentences, Tensor mask, double scale, Tensor past)
    {
        var prototypes = cat([options.Prototypes == Prototypes.Detached ? sentences.detach() : sentences, past]);
        var student = Cosines(WithoutClass(prediction), prototypes);
        var teacher = Cosines(WithoutClass(tokens), prototypes).detach();
        var target = (teacher / options.TeacherTemperature).softmax(-1);
        var predicted = (student / options.StudentTemperature).softmax(-1);
        var divergence = options.Loss switch
        {
            Comparison.Kl => (target * (target / predicted).log()).sum(-1),
            Comparison.CrossEntropy => -(target * predicted.log()).sum(-1),
            _ => (student - teacher).pow(2).mean([-1L]),
        };
        var counted = Gated(options, images, sentences, scale).unsqueeze(1)
            * (options.Patches == CountedPatches.All ? ones_like(mask) : mask);
        return (divergence * counted).sum() / (counted.sum() + 1e-6);
    }

    /// <summary>How much each image counts, fp64 <c>[batch]</c>.</summary>
    public static Tensor Gated(LanguageTargetOptions options, Tensor images, Tensor sentences, double scale)
    {
        var cosines = Cosines(images, sentences).detach();
        var own = arange(images.shape[0]);
        return options.Gate switch
        {
            Gate.Correct => cosines.argmax(1).eq(own).to(ScalarType.Float64),
            Gate.Soft => (scale * cosines).exp().diagonal() / (scale * cosines).exp().sum(1),
            _ => ones(images.shape[0], ScalarType.Float64),
        };
    }

    static Tensor Cosines(Tensor vectors, Tensor sentences)
    {
        var (v, s) = (vectors.to(ScalarType.Float64), sentences.to(ScalarType.Float64));
        return (v / v.norm(-1, keepdim: true)).matmul((s / s.norm(-1, keepdim: true)).t());
    }

    static Tensor WithoutClass(Tensor tokens) => tokens.slice(1, 1, tokens.shape[1], 1);
}

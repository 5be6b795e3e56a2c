using Rils.LanguageTarget;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

/// <summary>The loss as the paper writes it: logits of every patch of every image, <c>[batch, patches, batch]</c>, then gate times mask.</summary>
static class PlainLanguageLoss
{
    /// <param name="options">Temperatures and where gradients flow.</param>
    /// <param name="prediction"><c>[batch, 1 + patches, dimensions]</c>.</param>
    /// <param name="tokens"><c>[batch, 1 + patches, dimensions]</c>.</param>
    /// <param name="images"><c>[batch, dimensions]</c>.</param>
    /// <param name="sentences"><c>[batch, dimensions]</c>.</param>
    /// <param name="mask">fp32 <c>[batch, patches]</c>, 1 where hidden.</param>
    public static Tensor Value(LanguageTargetOptions options, Tensor prediction, Tensor tokens, Tensor images, Tensor sentences, Tensor mask)
    {
        var student = Cosines(WithoutClass(prediction), options.Prototypes == Prototypes.Detached ? sentences.detach() : sentences);
        var teacher = Cosines(WithoutClass(tokens), sentences).detach();
        var target = (teacher / options.TeacherTemperature).softmax(-1);
        var divergence = (target * (target / (student / options.StudentTemperature).softmax(-1)).log()).sum(-1);
        var counted = Gated(options, images, sentences).unsqueeze(1) * mask;
        return (divergence * counted).sum() / (counted.sum() + 1e-6);
    }

    /// <summary>1 for an image that counts, fp32 <c>[batch]</c>.</summary>
    public static Tensor Gated(LanguageTargetOptions options, Tensor images, Tensor sentences) => options.Gate == Gate.None
        ? ones(images.shape[0])
        : Cosines(images, sentences).argmax(1).eq(arange(images.shape[0])).to(ScalarType.Float32);

    static Tensor Cosines(Tensor vectors, Tensor sentences) =>
        (vectors / vectors.norm(-1, keepdim: true)).matmul((sentences / sentences.norm(-1, keepdim: true)).t());

    static Tensor WithoutClass(Tensor tokens) => tokens.slice(1, 1, tokens.shape[1], 1);
}

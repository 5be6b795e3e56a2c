using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Reconstruction in language space (Yang et al. 2023, section 3.3): KL(teacher || student) over the
/// sentences, or another <see cref="Comparison"/>, averaged over the counted patches of the selected images, each image
/// by its weight.</summary>
static class LanguageLoss
{
    // Added to the denominator, as in the authors' code: with no image selected the loss is 0 / 1e-6 = 0.
    const double Epsilon = 1e-6;

    /// <summary>Adds the loss term <c>language</c> and the metric <c>language.gate</c>, the mean weight of the batch's
    /// images (0..1): the share of images that count or, with the soft gate, the mean probability of an image's own
    /// caption. Nothing waits for the device. With no image selected the loss and its gradients are 0.</summary>
    public static void Loss(
        in LanguageTargetOptions options, in PatchPrediction prediction, in ImageTokens tokens,
        in ImageSelection selection, in TextEmbedding sentences, in SentenceQueue queue, in Step step,
        in SharedSpace space,
        in Maybe<TeacherVectors> teacher, in BatchParts parts, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var divergence = new LanguageDivergence(
            options, tokens, space, parts, teacher.TryGet(out var own) ? own : null);
        var past = queue.Past(step.Number, sentences.Vectors.shape[0]);
        var divergences = divergence.OfEach(prediction, selection.Images, sentences.Vectors, past);
        var mean = Mean(divergences, divergence.Counted(prediction).shape[1], selection.Weights);
        losses.Add(new("language", mean, options.Weight));

        var (batch, selected) = (sentences.Vectors.shape[0], (double)selection.Images.shape[0]);
        metrics.Add(new("language.gate", selection.Weights is { } counts
            ? counts.sum() / Constant.Of(batch)
            : full([], Constant.Of(selected / batch), ScalarType.Float32, divergences.device)));
    }

    /// <summary>Divides the sum of weight x divergence by the sum of weight x patches.</summary>
    /// <param name="divergences">Each selected image's sum over its counted patches, fp32 <c>[selected]</c>.</param>
    /// <param name="patches">How many patches of an image count.</param>
    /// <param name="weights">Each selected image's weight, fp32 <c>[selected]</c>; null where all are 1.</param>
    static Tensor Mean(Tensor divergences, long patches, Tensor? weights) => weights is null
        ? divergences.sum() / Constant.Of(divergences.shape[0] * patches + Epsilon)
        : (divergences * weights).sum()
            / (weights.sum() * Constant.Of(patches)).Plus(Constant.Of(Epsilon));
}

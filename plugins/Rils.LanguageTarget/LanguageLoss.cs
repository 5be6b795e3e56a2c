using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Reconstruction in language space (RILS's <c>RILSLoss</c>): KL(teacher || student) over the sentences, or
/// another <see cref="Comparison"/>, averaged over the counted patches of the selected images, each image by its
/// weight. Each process averages over its own images; the loss is the mean over the processes.</summary>
static class LanguageLoss
{
    // Added to the denominator, as in the authors' code: a process without a selected image has the loss 0 / 1e-6 = 0.
    const double Epsilon = 1e-6;

    /// <summary>Adds the loss term <c>language</c> and the metric <c>language.gate</c>, the mean weight of the batch's
    /// images (0..1): the share of images that count or, with the soft gate, the mean probability of an image's own
    /// caption. Nothing waits for the device. With no image selected the loss and its gradients are 0.</summary>
    public static void Loss(
        in LanguageTargetOptions options, in PatchPrediction prediction, in ImageTokens tokens,
        in ImageSelection selection, in TextEmbedding sentences, in SentenceQueue queue, in Step step,
        in SharedSpace space, in Gather gather,
        in Maybe<TeacherVectors> teacher, in Maybe<PrototypeDirections> directions, in BatchParts parts,
        Append<LossTerm> losses, Append<Metric> metrics)
    {
        var divergence = new LanguageDivergence(
            options.With(gather), tokens, space, parts, teacher.TryGet(out var own) ? own : null,
            directions.TryGet(out var others) ? others : null);
        var past = queue.Past(step.Number, sentences.Vectors.shape[0]);
        var divergences = divergence.OfEach(prediction, selection.Images, sentences.Vectors, past);
        var weights = selection.Weights ?? ones_like(divergences);
        var (batch, patches) = (sentences.Vectors.shape[0], divergence.Counted(prediction).shape[1]);
        var sums = gather.Sums(divergences * weights, selection.Images, batch);
        var counts = gather.Sums(weights, selection.Images, batch) * Constant.Of(patches);
        losses.Add(new("language", (sums / counts.Plus(Constant.Of(Epsilon))).mean(), options.Weight));
        metrics.Add(new("language.gate", weights.sum() / Constant.Of(batch)));
    }
}

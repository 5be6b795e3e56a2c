using TorchSharp;
using static TorchSharp.torch;

namespace Rils.FeatureTarget;

/// <summary>Reconstruction in the space of a teacher's features.</summary>
static class FeatureLoss
{
    // Added to the variance of a feature, as in the norms of vision transformers.
    const double Epsilon = 1e-6;

    /// <summary>Adds the loss term <c>features</c>, in fp32, and the metric <c>features.spread</c>. Nothing waits for the device. Visible patches, the class
    /// token and the teacher get no gradient; with no image selected the loss is 0 and so are its gradients.</summary>
    public static void Loss(
        in FeatureTargetOptions options, in PatchPrediction prediction, in TeacherTokens teacher, in Maybe<ImageSelection> selection,
        Append<LossTerm> losses, Append<Metric> metrics)
    {
        using var scope = NewDisposeScope();
        var features = ImageTokens.Pick(teacher.Tokens.detach(), prediction.Mask.Hidden, selection.TryGet(out var selected) ? selected.Images : null);
        var target = features.to(ScalarType.Float32);
        var unit = Unit(target);
        var student = prediction.Hidden.to(ScalarType.Float32);
        var loss = options.Loss == FeatureComparison.Cosine ? Cosine(student, unit) : SmoothL1(student, Normalize(target), options.Beta);
        losses.Add(new("features", loss.MoveToOuterDisposeScope(), options.Weight));
        metrics.Add(new("features.spread", Spread(unit).MoveToOuterDisposeScope()));
    }

    /// <summary>Mean over the patches of 1 - cosine.</summary>
    static Tensor Cosine(Tensor student, Tensor unit) => (1 - (Unit(student) * unit).sum(-1)).sum() / Patches(unit);

    static Tensor SmoothL1(Tensor student, Tensor target, double beta) =>
        nn.functional.smooth_l1_loss(student, target, nn.Reduction.Sum, beta) / Math.Max(1, target.numel());

    /// <summary>1 - the mean cosine of any two features, which is the square of their mean's length.</summary>
    static Tensor Spread(Tensor unit) => 1 - (unit.sum([0L, 1L]) / Patches(unit)).square().sum();

    static Tensor Unit(Tensor vectors) => nn.functional.normalize(vectors, dim: -1);

    static Tensor Normalize(Tensor features) => nn.functional.layer_norm(features, [features.shape[^1]], eps: Epsilon);

    static long Patches(Tensor features) => Math.Max(1, features.shape[0] * features.shape[1]);
}

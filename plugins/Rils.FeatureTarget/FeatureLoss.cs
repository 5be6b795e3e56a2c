using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.FeatureTarget;

/// <summary>Reconstruction in the space of a teacher's features, averaged over the hidden patches.</summary>
static class FeatureLoss
{
    // Added to the variance of a feature, as in the norms of vision transformers.
    const double Epsilon = 1e-6;

    /// <summary>Adds the loss term <c>features</c>, in fp32, and the metric <c>features.spread</c>. Nothing waits for
    /// the device. Visible patches, the class token and the teacher get no gradient. With no image selected the loss
    /// and its gradients are 0.</summary>
    public static void Loss(
        in FeatureTargetOptions options, in PatchPrediction prediction, in TeacherTokens teacher,
        in Maybe<ImageSelection> selection, in BatchParts parts, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var (own, tokens, hidden) = (options, teacher with { Tokens = teacher.Tokens.detach() },
            prediction.Mask.Hidden);
        var prefix = prediction.Prefix;
        var numbers = selection.TryGet(out var selected) ? selected.Images
            : Constant.Count(hidden.size(0), hidden.device);
        var patches = Math.Max(1, hidden.numel());
        var errors = parts.Run(null, part => Errors(own, part[0], prefix, tokens, part[1], part[2]),
            [prediction.Tokens, hidden, numbers]);
        losses.Add(new("features", errors.sum() / Constant.Of(patches), options.Weight));
        metrics.Add(new("features.spread", Spread(parts, tokens, hidden, numbers, patches)));
    }

    /// <summary>Sums the comparison over each image's hidden patches, fp32 <c>[images]</c>.</summary>
    static Tensor Errors(FeatureTargetOptions options, Tensor predicted, int prefix, TeacherTokens tokens,
        Tensor hidden, Tensor numbers)
    {
        using var scope = NewDisposeScope();
        var target = Target(tokens, hidden, numbers);
        var student = ImageTokens.Pick(predicted, hidden, prefix).to(ScalarType.Float32);
        var errors = options.Loss == FeatureComparison.Cosine ? Cosine(student, Similarity.Unit(target))
            : SmoothL1(student, Normalize(target), options.Beta);
        return errors.sum([1L]).MoveToOuterDisposeScope();
    }

    /// <summary>Picks the teacher's tokens of hidden patches, fp32 <c>[images, hidden, width]</c>.</summary>
    static Tensor Target(TeacherTokens teacher, Tensor hidden, Tensor numbers) =>
        ImageTokens.Pick(teacher.Tokens, hidden, teacher.Prefix, numbers).to(ScalarType.Float32);

    /// <summary>1 - cosine of each patch, <c>[images, hidden]</c>.</summary>
    static Tensor Cosine(Tensor student, Tensor unit) =>
        (Similarity.Unit(student) * unit).sum(-1).neg().Plus(Constant.Of(1));

    /// <summary>Smooth L1, averaged over each patch's numbers, <c>[images, hidden]</c>.</summary>
    static Tensor SmoothL1(Tensor student, Tensor target, double beta) =>
        nn.functional.smooth_l1_loss(student, target, nn.Reduction.None, beta).mean([-1L]);

    /// <summary>1 - the mean cosine of any two features. That mean is the squared length of the mean of the unit
    /// features.</summary>
    static Tensor Spread(BatchParts parts, TeacherTokens tokens, Tensor hidden, Tensor numbers, long patches)
    {
        using var scope = NewDisposeScope();
        var sums = parts.Run(
            null, part => Similarity.Unit(Target(tokens, part[0], part[1])).sum([1L]), [hidden, numbers]);
        var mean = sums.sum([0L]) / Constant.Of(patches);
        return (mean * mean).sum().neg().Plus(Constant.Of(1)).MoveToOuterDisposeScope();
    }

    static Tensor Normalize(Tensor features) =>
        nn.functional.layer_norm(features, [features.shape[^1]], eps: Epsilon);
}

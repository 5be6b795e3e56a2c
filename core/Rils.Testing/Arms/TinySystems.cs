using Rils.Contract;
using Rils.Scheduling;
using Rils.Testing.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Arms;

/// <summary>The losses of the kit's arm. Each sees all samples at once, and so gives the same however a batch is
/// cut.</summary>
static class TinySystems
{
    public static void OwnTeacher(in ImageTokens own, out TeacherTokens tokens) =>
        tokens = new(own.Tokens.detach(), own.Prefix);

    public static void OwnVectors(
        in SharedSpace space, in TeacherTokens tokens, in BatchParts cut, out TeacherVectors vectors)
    {
        using var constant = no_grad();
        var own = space;
        vectors = new(cut.Run(own, parts => own.ProjectImages(parts[0]), [tokens.Tokens]), tokens.Prefix);
    }

    public static void Features(in TinyFeaturesOptions options, in ImageFeatures images, Append<LossTerm> losses)
    {
        var wanted = TinyBatch.Normal("features", images.Vectors.shape[1]).to(images.Vectors.device);
        losses.Add(new("tiny", nn.functional.mse_loss(
            images.Vectors.to(ScalarType.Float32), wanted.expand_as(images.Vectors)), 0.1));
    }

    public static void Contrast(in TinyContrastOptions options, in SharedSpace space, in ImageEmbedding images,
        in TextEmbedding texts, Append<LossTerm> losses)
    {
        var logits = space.LogitScale * Unit(images.Vectors).matmul(Unit(texts.Vectors).t());
        var own = arange(logits.shape[0], ScalarType.Int64, logits.device);
        losses.Add(new("tiny.contrast",
            nn.functional.cross_entropy(logits, own) + nn.functional.cross_entropy(logits.t(), own), 0.1));
    }

    public static void TargetWidth(in BackboneShape backbone, in Maybe<TeacherShape> teacher, out TargetShape target) =>
        target = new(teacher.TryGet(out var other) ? other.Width : backbone.Width);

    public static void Target(in TinyTargetOptions options, in PatchPrediction prediction, in TeacherTokens teacher,
        in Maybe<ImageSelection> selection, Append<LossTerm> losses)
    {
        var hidden = prediction.Hidden.to(ScalarType.Float32);
        var images = selection.TryGet(out var chosen) ? chosen.Images : null;
        var wanted = ImageTokens.Pick(teacher.Tokens, prediction.Mask.Hidden, teacher.Prefix, images).detach();
        losses.Add(new("tiny.target", (hidden - wanted.to(ScalarType.Float32)).square().sum()
            / Math.Max(1, hidden.numel()), 0.1));
    }

    /// <summary>Reads the teacher's tokens in the shared space, so that whoever makes them runs.</summary>
    public static void ReadVectors(in TeacherVectors teacher, Append<Metric> metrics) =>
        metrics.Add(new("tiny.vectors", teacher.Values.to(ScalarType.Float32).mean()));

    static Tensor Unit(Tensor vectors) => nn.functional.normalize(vectors.to(ScalarType.Float32), dim: -1);
}

using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Reconstruction in language space (Yang et al. 2023, section 3.3): KL(teacher || student) over the batch's sentences for every
/// hidden patch of a selected image, its mean over these patches.</summary>
/// <remarks>Logits exist for hidden patches of selected images only, <c>[selected, hidden, batch]</c>.</remarks>
static class LanguageLoss
{
    // In the denominator, as in the authors' code: with no image selected the loss is 0 / 1e-6 = 0.
    const double Epsilon = 1e-6;

    /// <summary>Adds the loss term <c>language</c> and the metric <c>language.gate</c>, the share of the images that are selected (0 to
    /// 1). Nothing waits for the device. With no image selected the loss is 0 and so are its gradients.</summary>
    public static void Loss(
        in LanguageTargetOptions options, in PatchPrediction prediction, in ImageTokens tokens, in ImageSelection selection,
        in Sentences sentences, in SharedSpace space, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var prototypes = LanguageLogits.Unit(sentences.Vectors);
        var teacher = Teacher(options, tokens, prediction.Mask.Hidden, selection.Images, prototypes, space);
        if (options.Prototypes == Prototypes.Detached) prototypes = prototypes.detach();
        var student = LanguageLogits.LogProbabilities(space.ProjectImages(prediction.Hidden), prototypes, options.StudentTemperature);
        losses.Add(new("language", MeanDivergence(teacher, student), options.Weight));

        var share = (double)selection.Images.shape[0] / sentences.Vectors.shape[0];
        metrics.Add(new("language.gate", full([], share, ScalarType.Float32, student.device)));
    }

    /// <summary>What the full pass says of the hidden patches: log probabilities <c>[selected, hidden, batch]</c>, no gradient.</summary>
    static Tensor Teacher(
        LanguageTargetOptions options, ImageTokens tokens, Tensor hidden, Tensor images, Tensor prototypes, SharedSpace space)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var patches = tokens.Patches.index_select(0, images);
        var index = hidden.unsqueeze(-1).expand(-1, -1, patches.shape[2]);
        var vectors = space.ProjectImages(patches.gather(1, index));
        return LanguageLogits.LogProbabilities(vectors, prototypes, options.TeacherTemperature).MoveToOuterDisposeScope();
    }

    static Tensor MeanDivergence(Tensor teacher, Tensor student)
    {
        var counted = teacher.shape[0] * teacher.shape[1];
        return (teacher.exp() * (teacher - student)).sum() / (counted + Epsilon);
    }
}

using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Reconstruction in language space (Yang et al. 2023, section 3.3): KL(teacher || student) over the batch's sentences for every
/// hidden patch of a selected image, its mean over these patches.</summary>
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
        var divergence = new LanguageDivergence(options, tokens.Tokens, space).Sum(prediction, selection.Images, sentences.Vectors);
        var counted = prediction.Mask.Hidden.numel();
        losses.Add(new("language", divergence / (counted + Epsilon), options.Weight));

        var share = (double)selection.Images.shape[0] / sentences.Vectors.shape[0];
        metrics.Add(new("language.gate", full([], share, ScalarType.Float32, divergence.device)));
    }
}

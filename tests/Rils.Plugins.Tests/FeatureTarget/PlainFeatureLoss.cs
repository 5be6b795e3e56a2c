using Rils.FeatureTarget;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.FeatureTarget;

/// <summary>The loss as its definition reads, number by number in double precision.</summary>
static class PlainFeatureLoss
{
    /// <param name="options">Of the target.</param>
    /// <param name="teacher"><c>[batch, 1 + patches, width]</c>.</param>
    /// <param name="prediction"><c>[selected, 1 + patches, width]</c>.</param>
    /// <param name="images">The selected images' numbers in the batch.</param>
    /// <param name="hidden">Their hidden patches.</param>
    /// <returns>The loss, and 1 less the mean cosine over all pairs of hidden features, each with itself too.</returns>
    public static (double Loss, double Spread) Value(FeatureTargetOptions options, Tensor teacher, Tensor prediction,
        long[] images, long[][] hidden)
    {
        List<double> losses = [];
        List<double[]> features = [];
        for (var row = 0; row < images.Length; row++)
            foreach (var patch in hidden[row])
            {
                var (feature, guess) = (Row(teacher, images[row], patch), Row(prediction, row, patch));
                features.Add(feature);
                losses.AddRange(options.Loss == FeatureComparison.Cosine
                    ? [1 - Cosine(guess, feature)] : Smooth(guess, Normal(feature), options.Beta));
            }
        return (losses.Average(),
            1 - features.SelectMany(one => features.Select(other => Cosine(one, other))).Average());
    }

    static double[] Row(Tensor tokens, long image, long patch) =>
        [.. tokens.detach()[image][1 + patch].data<float>().Select(value => (double)value)];

    static double Cosine(double[] a, double[] b) =>
        a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));

    static double[] Normal(double[] feature)
    {
        var mean = feature.Average();
        var variance = feature.Average(value => (value - mean) * (value - mean));
        return [.. feature.Select(value => (value - mean) / Math.Sqrt(variance + 1e-6))];
    }

    static IEnumerable<double> Smooth(double[] guess, double[] feature, double beta) =>
        guess.Zip(feature, (x, y) => Math.Abs(x - y))
            .Select(distance => distance < beta ? distance * distance / (2 * beta) : distance - beta / 2);
}

using Rils.PixelTarget;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.PixelTarget;

/// <summary>The loss number by number, in double precision.</summary>
static class PlainPixelLoss
{
    /// <param name="options">Normalisation and its floor.</param>
    /// <param name="pixels">fp32 <c>[batch, 3, rows · side, columns · side]</c>.</param>
    /// <param name="prediction">fp32 <c>[selected, 1 + patches, 3 · side²]</c>.</param>
    /// <param name="images">The selected images.</param>
    /// <param name="hidden">Hidden patches of each selected image.</param>
    /// <param name="columns">Patches in a row of the image.</param>
    /// <param name="side">Of a patch, in pixels.</param>
    public static double Value(PixelTargetOptions options, Tensor pixels, Tensor prediction, long[] images,
        long[][] hidden, int columns, int side)
    {
        List<double> errors = [];
        foreach (var (row, image) in images.Index())
            foreach (var patch in hidden[row])
            {
                var target = Patch(pixels[image], (int)patch / columns * side, (int)patch % columns * side, side);
                if (options.Normalize) target = Normalized(target, options.VarianceFloor);
                errors.Add(target.Index()
                    .Average(value => Math.Pow(prediction[row, 1 + patch, value.Index].item<float>() - value.Item, 2)));
            }
        return errors.Average();
    }

    static double[] Patch(Tensor image, int top, int left, int side) =>
    [
        .. from y in Enumerable.Range(top, side)
           from x in Enumerable.Range(left, side)
           from channel in Enumerable.Range(0, 3)
           select (double)image[channel, y, x].item<float>(),
    ];

    static double[] Normalized(double[] patch, double floor)
    {
        var mean = patch.Average();
        var variance = patch.Sum(value => (value - mean) * (value - mean)) / (patch.Length - 1);
        return [.. patch.Select(value => (value - mean) / Math.Sqrt(Math.Max(variance, floor) + 1e-6))];
    }
}

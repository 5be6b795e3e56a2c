using Rils.Abstractions;
using Rils.Engine.Data;
using static TorchSharp.torch;

namespace Rils.Engine.Runs;

/// <summary>Validation data in order, decoded on all cores, one batch ahead of its use.</summary>
static class EvaluationBatches
{
    public static IEnumerable<(Tensor Pixels, IReadOnlyList<Sample> Samples)> Of(ISource source, IAugmentation augmentation, int imageSize, int batch)
    {
        var next = Task.Run(() => Load(source, augmentation, imageSize, 0, Math.Min(batch, source.Count)));
        for (var start = 0; start < source.Count; start += batch)
        {
            var (pixels, samples) = next.GetAwaiter().GetResult();
            var following = start + batch;
            if (following < source.Count) next = Task.Run(() => Load(source, augmentation, imageSize, following, Math.Min(batch, source.Count - following)));
            using (pixels) yield return (pixels, samples);
        }
    }

    static (Tensor, IReadOnlyList<Sample>) Load(ISource source, IAugmentation augmentation, int imageSize, int start, int count)
    {
        var bytes = 3 * imageSize * imageSize;
        var (pixels, samples) = (new byte[count * bytes], new Sample[count]);
        Parallel.For(0, count, place =>
        {
            var sample = source.Read(start + place);
            augmentation.Evaluate(sample.Image, pixels.AsSpan(place * bytes, bytes));
            samples[place] = sample with { Image = default };
        });
        return (tensor(pixels, [count, 3, imageSize, imageSize], ScalarType.Byte), samples);
    }
}

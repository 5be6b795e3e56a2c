using Rils.Abstractions;
using Rils.Engine.Data;
using static TorchSharp.torch;

namespace Rils.Engine.Runs;

/// <summary>Validation data in order, decoded on all cores, one batch ahead of its use. Bad samples are left out, for all arms alike.</summary>
static class EvaluationBatches
{
    public static IEnumerable<(Tensor Pixels, IReadOnlyList<Sample> Samples)> Of(EvaluationData data, IAugmentation augmentation, int imageSize, int batch)
    {
        var count = data.Source.Count;
        var next = Task.Run(() => Load(data, augmentation, imageSize, 0, Math.Min(batch, count)));
        for (var start = 0; start < count; start += batch)
        {
            var (pixels, samples) = next.GetAwaiter().GetResult();
            var following = start + batch;
            if (following < count) next = Task.Run(() => Load(data, augmentation, imageSize, following, Math.Min(batch, count - following)));
            using (pixels)
                if (samples.Count > 0) yield return (pixels, samples);
        }
    }

    static (Tensor, IReadOnlyList<Sample>) Load(EvaluationData data, IAugmentation augmentation, int imageSize, int start, int count)
    {
        var bytes = 3 * imageSize * imageSize;
        var (pixels, samples) = (new byte[count * bytes], new Sample?[count]);
        SampleReader.ForEach(count, place =>
        {
            try
            {
                samples[place] = SampleReader.Read(data.Source, start + place, needsCaption: false,
                    image => augmentation.Evaluate(image, pixels.AsSpan(place * bytes, bytes)));
            }
            catch (SampleException cause)
            {
                data.BadSamples.Add(start + place, cause);
            }
        });
        return Usable(pixels, samples, bytes, imageSize);
    }

    /// <summary>Closes the gaps that bad samples left.</summary>
    static (Tensor, IReadOnlyList<Sample>) Usable(byte[] pixels, Sample?[] samples, int bytes, int imageSize)
    {
        List<Sample> kept = [];
        for (var place = 0; place < samples.Length; place++)
        {
            if (samples[place] is not { } sample) continue;
            pixels.AsSpan(place * bytes, bytes).CopyTo(pixels.AsSpan(kept.Count * bytes));
            kept.Add(sample);
        }
        var whole = kept.Count == samples.Length ? pixels : pixels[..(kept.Count * bytes)];
        return (kept.Count == 0 ? empty(0) : tensor(whole, [kept.Count, 3, imageSize, imageSize], ScalarType.Byte), kept);
    }
}

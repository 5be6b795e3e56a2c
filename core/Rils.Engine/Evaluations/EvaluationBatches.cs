using Rils.Contract;
using Rils.Engine.Data;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Reads validation data in the source's order, decodes it on all cores, and loads each batch while the one
/// before is used. Bad samples are left out, the same ones for all arms.</summary>
static class EvaluationBatches
{
    /// <summary>Reads all batches of the data.</summary>
    /// <param name="data">The source, and the list of its bad samples.</param>
    /// <param name="augmentation">Turns image files into pixels.</param>
    /// <param name="imageSize">The side of the square images, in pixels.</param>
    /// <param name="batch">The most samples of a batch.</param>
    /// <param name="step">The number of optimizer steps done before the evaluation.</param>
    /// <returns>Each batch's pixels, bytes <c>[samples, 3, size, size]</c>, which live until the next batch is asked
    /// for, and its samples.</returns>
    public static IEnumerable<(Tensor Pixels, IReadOnlyList<Sample> Samples)> Of(
        EvaluationData data, IAugmentation augmentation, int imageSize, int batch, long step)
    {
        var count = data.Count;
        Task<(Tensor Pixels, IReadOnlyList<Sample>)> Begin(int start) =>
            Task.Run(() => Load(data, augmentation, imageSize, start, Math.Min(batch, count - start), step));
        Task<(Tensor Pixels, IReadOnlyList<Sample>)>? next = count > 0 ? Begin(0) : null;
        try
        {
            for (var following = batch; next is not null; following += batch)
            {
                var (pixels, samples) = next.GetAwaiter().GetResult();
                next = following < count ? Begin(following) : null;
                using (pixels)
                    if (samples.Count > 0) yield return (pixels, samples);
            }
        }
        finally
        {
            // An interrupted evaluation leaves a batch that nothing takes: nothing may read the source after it.
            next?.ContinueWith(static loaded =>
            {
                if (loaded.IsCompletedSuccessfully) loaded.Result.Pixels.Dispose();
            }, TaskScheduler.Default).Wait();
        }
    }

    static (Tensor, IReadOnlyList<Sample>) Load(
        EvaluationData data, IAugmentation augmentation, int imageSize, int start, int count, long step)
    {
        var bytes = 3 * imageSize * imageSize;
        var (pixels, samples, bad) = (new byte[count * bytes], new Sample?[count], new SampleException?[count]);
        var reads = new ComponentReading(data.Reads, new HashSet<Type>(), DrawsCaptions: false);
        SampleReader.ForEach(count, place =>
        {
            try
            {
                samples[place] = SampleReader.Read(data.Source, data.NumberAt(start + place), reads,
                    sample => augmentation.Evaluate(sample.Image, pixels.AsSpan(place * bytes, bytes)).Remark);
            }
            catch (SampleException cause)
            {
                bad[place] = cause;
            }
        });
        data.BadSamples.Add(step, bad.Index().Where(found => found.Item is not null)
            .Select(found => (data.NumberAt(start + found.Index), found.Item!)));
        data.BadSamples.Remark(samples.OfType<Sample>());
        return Usable(pixels, samples, bytes, imageSize);
    }

    /// <summary>Makes a batch of the good samples: their pixels move together over the gaps that bad samples
    /// left.</summary>
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
        return (kept.Count == 0 ? empty(0) : tensor(whole, [kept.Count, 3, imageSize, imageSize], ScalarType.Byte),
            kept.AsReadOnly());
    }
}

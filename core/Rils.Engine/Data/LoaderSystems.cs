using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>The host lane's systems, which run once for all arms: reading and decoding samples, making
/// batches.</summary>
static class LoaderSystems
{
    public static void Order(in TrainingData data, in Seed seed, out SampleOrder order) =>
        order = new(seed.Root, data.Source.Count, data.StepsPerEpoch, data.Batch);

    public static void Buffers(in TrainingData data, in Maybe<PinnedFrames> pinned, out PixelBuffers buffers) =>
        buffers = new(data.Batch, data.ImageSize, pinned.IsPresent);

    public static void Load(
        in Step step, in TrainingData data, in Seed seed, in SampleOrder order, in BatchShape shape,
        in PixelBuffers buffers, out LoadedSamples loaded)
    {
        var (number, source, places) = (step.Number, data, order);
        var indices = order.Of(number).ToArray();
        var (crops, changes) = (seed.Root.Fork("crop").Fork(number), seed.Root.Fork("views").Fork(number));
        var (samples, captions, context) = (new Sample[indices.Length], new int[indices.Length][], shape.Context);
        var pixels = buffers.Take();
        Tensor[] views = shape.HasViews ? [buffers.Take(), buffers.Take()] : [];
        var bad = new List<(int, SampleException)>[indices.Length];
        try
        {
            SampleReader.ForEach(indices.Length, place =>
            {
                var loader = new PlaceLoader(source, places, context, number, place, bad[place] = []);
                samples[place] = loader.Load(indices[place], crops.Fork(place), pixels, changes.Fork(place), views);
                captions[place] = loader.Caption;
            });
        }
        finally
        {
            // In the order of the batch. Also where a place found no sample: then an error about too much bad data says
            // more.
            data.BadSamples.Add(number, bad.Where(found => found is not null).SelectMany(found => found));
        }
        data.BadSamples.Remark(samples);
        loaded = new(samples, captions, pixels, views, buffers);
    }

    public static void Prepare(in Step step, in LoadedSamples loaded, in Seed seed, in BatchShape shape,
        out PreparedBatch batch, out CaptionTexts texts)
    {
        var (noise, count, isPinned) =
            (seed.Root.Fork("mask").Fork(step.Number), loaded.Samples.Count, loaded.Buffers.IsPinned);
        var (context, captions) = (shape.Context, loaded.Captions);
        batch = new(
            loaded.Pixels,
            loaded.Views,
            context > 0 ? Placed(TokenBatch.Pad(captions, context), isPinned) : null,
            (context > 0 ? captions.Select(caption => caption.Length).ToArray() : []).AsReadOnly(),
            shape.Patches.ToDictionary(patches => patches, patches => Placed(Noise(noise, count, patches), isPinned)));
        texts = new(loaded.Samples.Select(sample => sample.Caption).ToArray().AsReadOnly());
    }

    /// <summary>Moves a tensor to pinned memory where a CUDA device copies it.</summary>
    public static Tensor Placed(Tensor made, bool isPinned)
    {
        if (!isPinned) return made;
        using (made) return made.pin_memory();
    }

    /// <summary>Draws noise in [0, 1) <c>[samples, each]</c>. Each place of the batch has its own stream, so that its
    /// noise does not depend on other places.</summary>
    public static Tensor Noise(RandomStream random, int samples, int each)
    {
        var values = new float[samples * each];
        Parallel.For(0, samples, place => random.Fork(place).Draw().FillUniform(values.AsSpan(place * each, each)));
        return tensor(values, [samples, each]);
    }
}

using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>The host lane's systems, which run once for all arms: reading and decoding samples, making
/// batches.</summary>
static class LoaderSystems
{
    public static void Order(in TrainingData data, in Seed seed, out SampleOrder order) =>
        order = new(seed.Root, data.Source.Count, data.StepsPerEpoch, data.Batch, data.Shuffle);

    public static void Buffers(in TrainingData data, in Maybe<PinnedFrames> pinned, out PixelBuffers buffers) =>
        buffers = new(data.Batch, pinned.IsPresent);

    public static void Views(in TrainingData data, out ViewSizes sizes) => sizes = new(data.Views!.Sizes);

    public static void Load(
        in Step step, in TrainingData data, in Seed seed, in SampleOrder order, in BatchShape shape,
        in CaptionEncoders encoders, in PixelBuffers buffers, out LoadedPixels loaded, out Samples samples,
        out CropGeometry crops)
    {
        var (number, source, places, root) = (step.Number, data, order, seed.Root);
        var (components, captions) = (shape.Components, shape.Components.DrawsCaptions ? encoders.All : null);
        var indices = order.Of(number).ToArray();
        var pixels = buffers.Take(data.ImageSize);
        Tensor[] views = shape.HasViews ? [.. data.Views!.Sizes.Select(buffers.Take)] : [];
        var found = new LoadedPlace[indices.Length];
        var bad = new List<(int, SampleException)>[indices.Length];
        try
        {
            SampleReader.ForEach(indices.Length, place =>
            {
                var streams = new PlaceStreams(root, number, place);
                var loader = new PlaceLoader(source, places, components, captions, streams, bad[place] = []);
                found[place] = loader.Load(indices[place], pixels, views);
            });
        }
        finally
        {
            // In the order of the batch. Also where a place found no sample: then an error about too much bad data says
            // more.
            data.BadSamples.Add(number, bad.Where(found => found is not null).SelectMany(found => found));
        }
        samples = new([.. found.Select(place => place.Sample)]);
        data.BadSamples.Remark(samples.All);
        crops = new([.. found.Select(place => place.Image)],
            [.. views.Index().Select(view => found.Select(place => place.Views[view.Index]).ToArray())]);
        loaded = new(pixels, views, buffers.Return);
    }

    /// <summary>Takes a component out of each sample: the engine has such a system for each type that a system
    /// reads.</summary>
    public static void Component<T>(in Samples samples, out Components<T> components) where T : class =>
        components = new([.. samples.All.Select(sample => sample.Find<T>()!)]);

    /// <summary>Takes a component out of each sample that has it.</summary>
    public static void Optional<T>(in Samples samples, out OptionalComponents<T> components) where T : class =>
        components = new([.. samples.All.Select(sample => sample.Find<T>())]);

    /// <summary>Copies a prepared value to pinned memory where a CUDA device copies from it: the engine has such a
    /// system for each type that a system prepares.</summary>
    public static void Pin<T>(in Prepared<T> prepared, in Maybe<PinnedFrames> pinned, out Pinned<T> placed)
        where T : class, IUploaded<T>
    {
        if (!pinned.IsPresent)
        {
            placed = new(prepared.Value, null);
            return;
        }
        var copy = prepared.Value.Map(static tensor => tensor.pin_memory());
        placed = new(copy, new(copy));
    }

    public static void Texts(in Components<DrawnCaption> captions, out CaptionTexts texts) =>
        texts = new(captions.All.Select(caption => caption.Text).ToArray().AsReadOnly());

    public static void Captions(
        in Components<DrawnCaption> captions, in CaptionEncoders encoders, out Prepared<EncodedCaptions> encoded)
    {
        var drawn = captions.All;
        CaptionTokens Of(CaptionEncoder encoder)
        {
            int[][] ids = [.. drawn.Select(caption => caption.Ids[encoder])];
            return new(TokenBatch.Pad(ids, encoder.Context), ids.Select(own => own.Length).ToArray().AsReadOnly());
        }
        encoded = new(new(encoders.All.ToDictionary(encoder => encoder, Of)));
    }

    public static void Labels(in OptionalComponents<Label> labels, out Prepared<ClassNumbers> numbers) =>
        numbers = new(new(tensor(labels.All.Select(label => label?.Number ?? ClassNumbers.None).ToArray())));

    /// <summary>Draws noise in [0, 1) <c>[samples, patches]</c> for each number of patches. Each place of the batch has
    /// its own stream, so that its noise does not depend on other places.</summary>
    public static void Noise(in Step step, in Samples samples, in Seed seed, in BatchShape shape,
        out Prepared<MaskNoise> noise)
    {
        var (random, count) = (seed.Root.Fork("mask").Fork(step.Number), samples.All.Count);
        noise = new(new(shape.Patches.ToDictionary(patches => patches, patches => Uniform(random, count, patches))));
    }

    /// <summary>Draws noise in [0, 1) <c>[samples, each sample's shape]</c>: each place of the batch from a stream of
    /// its own.</summary>
    public static Tensor Uniform(RandomStream random, int samples, params int[] shape)
    {
        var each = shape.Aggregate(1, static (all, side) => all * side);
        var values = new float[samples * each];
        Parallel.For(0, samples, place => random.Fork(place).Draw().FillUniform(values.AsSpan(place * each, each)));
        return tensor(values, [samples, .. shape.Select(side => (long)side)]);
    }
}

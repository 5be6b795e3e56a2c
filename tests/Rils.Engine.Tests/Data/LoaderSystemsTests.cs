using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Data;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Data;

/// <summary>Batches of 4 from 11 numbered samples. The pixels tell the number of the sample and of the crop.</summary>
public sealed class LoaderSystemsTests
{
    const int SampleCount = 11, Batch = 4, Size = 2;

    readonly HashSet<int> bad = [], viewless = [], broken = [];
    readonly List<int> reads = [];
    readonly List<IReadOnlySet<Type>> asked = [];
    Captions? captions;

    [Fact]
    public void A_batch_starts_at_any_step_as_it_would_have_come()
    {
        var whole = Loader();
        for (var step = 0; step < 9; step++)
        {
            var (expected, actual) = (whole(step), Loader()(step));
            Assert.Equal(expected.Samples.Select(sample => sample.Key), actual.Samples.Select(sample => sample.Key));
            Assert.Equal(expected.Pixels.bytes.ToArray(), actual.Pixels.bytes.ToArray());
            Assert.Equal(Batch, actual.Samples.Count);
        }
    }

    [Fact]
    public void Pixels_are_those_of_the_samples_with_a_crop_for_each_step_and_place()
    {
        var load = Loader();
        HashSet<byte> crops = [];
        for (var step = 0; step < 40; step++)
        {
            var loaded = load(step);
            for (var place = 0; place < Batch; place++)
            {
                Assert.Equal(loaded.Samples[place].Key, $"{loaded.Pixels.bytes[place * 3 * Size * Size]}");
                Assert.True(loaded.Samples[place].Image.IsEmpty);
                crops.Add(loaded.Pixels.bytes[place * 3 * Size * Size + 1]);
            }
        }
        Assert.InRange(crops.Count, 100, 160);
    }

    [Fact]
    public void A_bad_sample_moves_no_other_place()
    {
        var sound = Loader();
        Loaded[] before = [.. Enumerable.Range(0, 8).Select(step => sound(step))];
        bad.Add(3);
        var spoilt = Loader();
        var replaced = 0;
        for (var step = 0; step < 8; step++)
        {
            var loaded = spoilt(step);
            for (var place = 0; place < Batch; place++)
            {
                Assert.NotEqual("3", loaded.Samples[place].Key);
                if (before[step].Samples[place].Key == "3") replaced++;
                else Assert.Equal(before[step].Samples[place].Key, loaded.Samples[place].Key);
            }
        }
        Assert.InRange(replaced, 1, 4);
    }

    [Fact]
    public void Noise_is_made_for_each_number_of_patches()
    {
        using var scope = NewDisposeScope();
        var noise = Noise(7);
        Assert.Equal([4, 9], noise.Keys.Order());
        Assert.Equal([Batch, 9], noise[9].shape);
        Assert.Equal(noise[4].data<float>().ToArray(), Noise(7)[4].data<float>().ToArray());
        Assert.NotEqual(noise[4].data<float>().ToArray(), Noise(8)[4].data<float>().ToArray());
        // Places draw different noise; the noise of a place begins alike for all numbers of patches.
        Assert.Equal(Batch, noise[4][.., 0].data<float>().ToArray().Distinct().Count());
        Assert.Equal(noise[4][.., 0].data<float>().ToArray(), noise[9][.., 0].data<float>().ToArray());
    }

    [Fact]
    public void Each_tokenizer_and_context_gets_the_captions_once()
    {
        using var scope = NewDisposeScope();
        var (one, other) = (new Lengths(), new Lengths());
        var encoders = new CaptionEncoders { All = [new(one, 3), new(one, 5), new(other, 5)] };
        LoaderSystems.Captions(new([.. Loader(Reading(typeof(Captions)), encoders: encoders)(7).Samples
            .Select(sample => sample.Find<DrawnCaption>()!)]), encoders, out var encoded);
        Assert.Equal(encoders.All, encoded.Value.ByEncoder.Keys);
        foreach (var (encoder, tokens) in encoded.Value.ByEncoder)
        {
            Assert.Equal([Batch, encoder.Context], tokens.Tokens.shape);
            // A tokenizer gets the encoder's own context: with a longer one it would cut the captions elsewhere.
            Assert.All(tokens.Tokens[.., 0].data<long>().ToArray(), first => Assert.Equal(encoder.Context, first));
        }
    }

    [Fact]
    public void A_caption_is_drawn_for_each_step_and_place_by_its_weight()
    {
        captions = new(["never", "rarely", "often"], [0, 1, 3]);
        var load = Loader(Reading(typeof(Captions)));
        var again = Loader(Reading(typeof(Captions)));
        Dictionary<string, int> drawn = [];
        for (var step = 0; step < 250; step++)
        {
            string[] texts = [.. Texts(load(step))];
            foreach (var text in texts) drawn[text] = drawn.GetValueOrDefault(text) + 1;
            if (step % 50 == 0) Assert.Equal(texts, Texts(again(step)));
        }
        // 1,000 draws with 1/4 for one caption: three standard deviations are 41.
        Assert.Equal(["often", "rarely"], drawn.Keys.Order());
        Assert.InRange(drawn["rarely"], 209, 291);
    }

    static IEnumerable<string> Texts(Loaded loaded) =>
        loaded.Samples.Select(sample => sample.Find<DrawnCaption>()!.Text);

    [Fact]
    public void Several_captions_change_no_crop_and_no_order()
    {
        var plain = Loader();
        Loaded[] before = [.. Enumerable.Range(0, 4).Select(step => plain(step))];
        captions = new(["a", "b", "c"]);
        var several = Loader(Reading(typeof(Captions)));
        for (var step = 0; step < 4; step++)
        {
            var loaded = several(step);
            Assert.Equal(Keys(before[step]), Keys(loaded));
            Assert.Equal(before[step].Pixels.bytes.ToArray(), loaded.Pixels.bytes.ToArray());
        }
    }

    [Fact]
    public void Sources_are_asked_for_what_systems_read_and_no_more()
    {
        Loader()(0);
        Assert.All(asked, wanted => Assert.Empty(wanted));
        asked.Clear();
        Loader(Reading(typeof(Label)))(0);
        Assert.All(asked, wanted => Assert.Equal([typeof(Label)], wanted));
    }

    [Fact]
    public void The_geometry_tells_what_each_place_and_view_shows()
    {
        var loaded = Loader(hasViews: true)(3);
        Assert.Equal(loaded.Samples.Select(sample => double.Parse(sample.Key)),
            loaded.Crops.Images.Select(crop => crop.Left));
        Assert.Equal(3, loaded.Crops.Views.Count);
        foreach (var (view, crops) in loaded.Crops.Views.Index())
            Assert.Equal(loaded.Samples.Select(sample => double.Parse(sample.Key) + (view + 1) / 4.0),
                crops.Select(crop => crop.Left));
        Assert.Empty(Loader()(3).Crops.Views);
    }

    [Fact]
    public void Views_are_made_of_the_samples_that_are_read_anyway_and_change_nothing_else()
    {
        var (plain, plainReads) = (Loader(), new List<int>(reads));
        Loaded[] before = [.. Enumerable.Range(0, 4).Select(step => plain(step))];
        plainReads.AddRange(reads);
        reads.Clear();
        var both = Loader(hasViews: true);
        HashSet<(byte, byte)> drawn = [];
        for (var step = 0; step < 4; step++)
        {
            var loaded = both(step);
            Assert.Equal(Keys(before[step]), Keys(loaded));
            Assert.Equal(before[step].Pixels.bytes.ToArray(), loaded.Pixels.bytes.ToArray());
            Assert.Empty(before[step].Views);
            Assert.Equal([Size, Size, 2], loaded.Views.Select(view => (int)view.shape[^1]));
            for (var place = 0; place < Batch; place++)
            {
                byte[] first = loaded.Views[0].bytes[(place * 3 * Size * Size)..].ToArray(),
                    second = loaded.Views[1].bytes[(place * 3 * Size * Size)..].ToArray();
                Assert.Equal((loaded.Samples[place].Key, loaded.Samples[place].Key), ($"{first[0]}", $"{second[0]}"));
                drawn.Add((first[1], second[1]));
                var small = loaded.Views[2].bytes[(place * 3 * 2 * 2)..].ToArray()[..(3 * 2 * 2)];
                Assert.Equal(first[0], small[0]);
                Assert.All(small[2..], value => Assert.Equal(small[0], value));
            }
        }
        Assert.Equal(4 * Batch, drawn.Count);
        Assert.Equal(plainReads.Order(), reads.Order());
        Assert.Equal(4 * Batch, reads.Count);
    }

    [Fact]
    public void Where_views_fail_the_sample_stays_and_the_views_are_anothers()
    {
        var plain = Loader();
        Loaded[] before = [.. Enumerable.Range(0, 8).Select(step => plain(step))];
        viewless.Add(3);
        var both = Loader(hasViews: true);
        var replaced = 0;
        for (var step = 0; step < 8; step++)
        {
            var loaded = both(step);
            Assert.Equal(Keys(before[step]), Keys(loaded));
            Assert.Equal(before[step].Pixels.bytes.ToArray(), loaded.Pixels.bytes.ToArray());
            for (var place = 0; place < Batch; place++)
            {
                var (first, second) = (loaded.Views[0].bytes[place * 3 * Size * Size],
                    loaded.Views[1].bytes[place * 3 * Size * Size]);
                Assert.Equal(first, second);
                Assert.NotEqual(3, first);
                if (loaded.Samples[place].Key == "3") replaced++;
                else Assert.Equal(loaded.Samples[place].Key, $"{first}");
            }
        }
        Assert.InRange(replaced, 1, 4);
    }

    /// <summary>One sample fails in the source and one in the tokenizer; one caption has half of a surrogate pair, one
    /// is broken, and one is missing.</summary>
    [Fact]
    public void Whatever_fails_while_one_sample_is_read_costs_that_sample()
    {
        using var scope = NewDisposeScope();
        broken.UnionWith([1, 2, 3, 4, 5]);
        var data = Data();
        var load = Loader(Reading(typeof(Captions)), data);
        for (var step = 0; step < 40; step++)
            Assert.All(load(step).Samples,
                sample => Assert.DoesNotContain(sample.Key, (string[])["1", "2", "3", "4", "5"]));
        Assert.Equal(
        [
            "sample `2` cannot be read: FormatException: no words",
            "sample `3`: its caption has half of a surrogate pair, which is no text, at character 4",
            "sample `4`: its caption is broken", "sample `5` has no caption; it has an image",
            "sample number 1 cannot be read: InvalidOperationException: a bug",
        ], data.BadSamples.Take(long.MaxValue).Select(bad => bad.Cause).Order(StringComparer.Ordinal));
        // If nobody reads captions, only the sample that fails in the source is bad.
        data = Data();
        load = Loader(new(), data);
        for (var step = 0; step < 40; step++) load(step);
        Assert.Equal([1], data.BadSamples.Take(long.MaxValue).Select(bad => bad.Index));
    }

    TrainingData Data() =>
        new(new Numbered(this), new Lengths(), new Marking(), new MarkingTwice(viewless), Batch, Size,
        new(1000, "numbers", "left out", NullLogger.Instance));

    Func<long, Loaded> Loader(bool hasViews = false)
    {
        var shape = new BatchShape();
        shape.Complete([], ComponentReading.Nothing, hasViews);
        return Loader(shape);
    }

    static IEnumerable<string> Keys(Loaded loaded) => loaded.Samples.Select(sample => sample.Key);

    static BatchShape Reading(params Type[] components)
    {
        var shape = new BatchShape();
        shape.Complete(
            [], new(components.ToHashSet(), components.ToHashSet(), components.Contains(typeof(Captions))),
            hasViews: false);
        return shape;
    }

    Func<long, Loaded> Loader(BatchShape shape, TrainingData? given = null, CaptionEncoders? encoders = null)
    {
        var (data, seed) = (given ?? Data(), new Seed(RandomStream.Root(1)));
        var own = encoders ?? new CaptionEncoders { All = [new(data.Tokenizer!, 3)] };
        LoaderSystems.Order(data, seed, out var order);
        LoaderSystems.Buffers(data, default, out var buffers);
        return step =>
        {
            LoaderSystems.Load(new(step), data, seed, order, shape, own, buffers, out var loaded, out var samples,
                out var crops);
            return new(samples.All, loaded.Pixels, loaded.Views, crops);
        };
    }

    static IReadOnlyDictionary<int, Tensor> Noise(long step)
    {
        var shape = new BatchShape();
        shape.Complete([new(2, 2), new(3, 3)], ComponentReading.Nothing, hasViews: false);
        var samples = new Samples([.. Enumerable.Range(0, Batch).Select(place => new Sample($"{place}", default))]);
        LoaderSystems.Noise(new(step), samples, new(RandomStream.Root(1)), shape, out var noise);
        return noise.Value.ByPatches;
    }

    sealed record Loaded(
        IReadOnlyList<Sample> Samples, Tensor Pixels, IReadOnlyList<Tensor> Views, CropGeometry Crops);

    sealed class Numbered(LoaderSystemsTests test) : ISource
    {
        public int Count => SampleCount;

        public IReadOnlyList<Type> Components => [typeof(Captions), typeof(Label)];

        public Sample Read(int index, IReadOnlySet<Type> wanted)
        {
            lock (test.reads)
            {
                test.reads.Add(index);
                test.asked.Add(wanted);
            }
            if (test.bad.Contains(index)) throw new SampleException($"sample `{index}` is bad");
            var sample = new Sample($"{index}", new([(byte)index])) { Contents = "an image" };
            return (test.broken.Contains(index) ? index : 0) switch
            {
                1 => throw new InvalidOperationException("a bug"),
                2 => sample.With(new Captions(Lengths.Unknown)),
                3 => sample.With(new Captions("cut\uD83D")),
                4 => sample.WithFault<Captions>("its caption is broken"),
                5 => sample,
                _ => sample.With(test.captions ?? new($"{index}")).With(new Label(index)),
            };
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Encodes any text as one token: the context that the caller passed.</summary>
    sealed class Lengths : ITokenizer
    {
        public const string Unknown = "unknown";

        public int VocabularySize => 100;

        public int[] Encode(string text, int context) =>
            text == Unknown ? throw new FormatException("no words") : [context];
    }

    sealed class Marking : IAugmentation
    {
        public ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels)
        {
            pixels.Clear();
            (pixels[0], pixels[1]) = (encoded.Span[0], (byte)random.Draw().NextInt32(256));
            return new(encoded.Span[0], 0, 1, 1, false, 1, 1);
        }

        public ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels)
        {
            pixels[0] = encoded.Span[0];
            return new(encoded.Span[0], 0, 1, 1, false, 1, 1);
        }
    }

    sealed class MarkingTwice(HashSet<int> viewless) : IViewAugmentation
    {
        public IReadOnlyList<int> Sizes => [Size, Size, 2];

        public IReadOnlyList<ImageCrop> Make(
            ReadOnlyMemory<byte> encoded, RandomStream random, IReadOnlyList<Memory<byte>> views)
        {
            if (viewless.Contains(encoded.Span[0])) throw new SampleException("no views of it");
            ImageCrop whole = new(encoded.Span[0], 0, 1, 1, false, 1, 1);
            return [.. views.Select((pixels, view) =>
            {
                pixels.Span.Fill(encoded.Span[0]);
                pixels.Span[1] = (byte)random.Fork(view).Draw().NextInt32(256);
                return whole with { Left = whole.Left + (view + 1) / 4.0 };
            })];
        }
    }
}

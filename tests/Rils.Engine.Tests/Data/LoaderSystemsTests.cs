using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Data;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Data;

/// <summary>Batches of 4 from 11 numbered samples. The pixels tell the number of the sample and of the crop.</summary>
public sealed class LoaderSystemsTests
{
    const int Samples = 11, Batch = 4, Size = 2;

    readonly HashSet<int> bad = [], viewless = [], broken = [];
    readonly List<int> reads = [];

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
        LoadedSamples[] before = [.. Enumerable.Range(0, 8).Select(step => sound(step))];
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
    public void Noise_and_tokens_are_made_for_every_arm()
    {
        using var scope = NewDisposeScope();
        var shape = new BatchShape();
        shape.Complete([new(new(2, 2), 8, 1), new(new(3, 3), 8, 1)], [new(16, 3), new(16, 5)], hasViews: false);
        var batch = Prepare(7, shape);
        Assert.Equal([4, 9], batch.Noise.Keys.Order());
        Assert.Equal([Batch, 9], batch.Noise[9].shape);
        Assert.Equal([Batch, 3, Size, Size], batch.Pixels.shape);
        Assert.Equal([Batch, 5], batch.Tokens!.shape);
        // The tokenizer gets the longest context: a shorter one would have cut the captions elsewhere.
        Assert.All(batch.Tokens[.., 0].data<long>().ToArray(), first => Assert.Equal(5, first));
        Assert.Equal(batch.Noise[4].data<float>().ToArray(), Prepare(7, shape).Noise[4].data<float>().ToArray());
        Assert.NotEqual(batch.Noise[4].data<float>().ToArray(), Prepare(8, shape).Noise[4].data<float>().ToArray());
        // Places draw different noise; the noise of a place begins alike for all numbers of patches.
        Assert.Equal(Batch, batch.Noise[4][.., 0].data<float>().ToArray().Distinct().Count());
        Assert.Null(Prepare(7, new()).Tokens);
    }

    [Fact]
    public void Views_are_made_of_the_samples_that_are_read_anyway_and_change_nothing_else()
    {
        var (plain, plainReads) = (Loader(), new List<int>(reads));
        LoadedSamples[] before = [.. Enumerable.Range(0, 4).Select(step => plain(step))];
        plainReads.AddRange(reads);
        reads.Clear();
        var both = Loader(hasViews: true);
        HashSet<(byte, byte)> drawn = [];
        for (var step = 0; step < 4; step++)
        {
            var loaded = both(step);
            Assert.Equal(before[step].Samples, loaded.Samples);
            Assert.Equal(before[step].Pixels.bytes.ToArray(), loaded.Pixels.bytes.ToArray());
            Assert.Empty(before[step].Views);
            Assert.Equal(2, loaded.Views.Count);
            for (var place = 0; place < Batch; place++)
            {
                byte[] first = loaded.Views[0].bytes[(place * 3 * Size * Size)..].ToArray(),
                    second = loaded.Views[1].bytes[(place * 3 * Size * Size)..].ToArray();
                Assert.Equal((loaded.Samples[place].Key, loaded.Samples[place].Key), ($"{first[0]}", $"{second[0]}"));
                drawn.Add((first[1], second[1]));
            }
            loaded.Dispose();
        }
        Assert.Equal(4 * Batch, drawn.Count);
        Assert.Equal(plainReads.Order(), reads.Order());
        Assert.Equal(4 * Batch, reads.Count);
    }

    [Fact]
    public void Where_views_fail_the_sample_stays_and_the_views_are_anothers()
    {
        var plain = Loader();
        LoadedSamples[] before = [.. Enumerable.Range(0, 8).Select(step => plain(step))];
        viewless.Add(3);
        var both = Loader(hasViews: true);
        var replaced = 0;
        for (var step = 0; step < 8; step++)
        {
            var loaded = both(step);
            Assert.Equal(before[step].Samples, loaded.Samples);
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
        var shape = new BatchShape();
        shape.Complete([], [new(16, 3)], hasViews: false);
        var data = Data();
        var load = Loader(shape, data);
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
        shape = new();
        data = Data();
        load = Loader(shape, data);
        for (var step = 0; step < 40; step++) load(step);
        Assert.Equal([1], data.BadSamples.Take(long.MaxValue).Select(bad => bad.Index));
    }

    TrainingData Data() =>
        new(new Numbered(bad, broken, reads), new Lengths(), new Marking(), new MarkingTwice(viewless), Batch, Size,
        new(1000, "numbers", "left out", NullLogger.Instance));

    Func<long, LoadedSamples> Loader(bool hasViews = false)
    {
        var shape = new BatchShape();
        shape.Complete([], [], hasViews);
        return Loader(shape);
    }

    Func<long, LoadedSamples> Loader(BatchShape shape, TrainingData? given = null)
    {
        var (data, seed) = (given ?? Data(), new Seed(RandomStream.Root(1)));
        LoaderSystems.Order(data, seed, out var order);
        LoaderSystems.Buffers(data, default, out var buffers);
        return step =>
        {
            LoaderSystems.Load(new(step), data, seed, order, shape, buffers, out var loaded);
            return loaded;
        };
    }

    PreparedBatch Prepare(long step, BatchShape shape)
    {
        LoaderSystems.Prepare(new(step), Loader(shape)(step), new(RandomStream.Root(1)), shape, out var batch, out _);
        return batch;
    }

    sealed class Numbered(HashSet<int> bad, HashSet<int> broken, List<int> reads) : ISource
    {
        public int Count => Samples;

        public Sample Read(int index)
        {
            lock (reads) reads.Add(index);
            if (bad.Contains(index)) throw new SampleException($"sample `{index}` is bad");
            var sample = new Sample($"{index}", new([(byte)index]), $"{index}", null);
            return (broken.Contains(index) ? index : 0) switch
            {
                1 => throw new InvalidOperationException("a bug"),
                2 => sample with { Caption = Lengths.Unknown },
                3 => sample with { Caption = "cut\uD83D" },
                4 => sample with { Caption = null, CaptionFault = "its caption is broken" },
                5 => sample with { Caption = null, Contents = "an image" },
                _ => sample,
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
        public string? Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels)
        {
            pixels.Clear();
            (pixels[0], pixels[1]) = (encoded.Span[0], (byte)random.Draw().NextInt32(256));
            return null;
        }

        public string? Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels)
        {
            pixels[0] = encoded.Span[0];
            return null;
        }
    }

    sealed class MarkingTwice(HashSet<int> viewless) : IViewAugmentation
    {
        public void Make(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> first, Span<byte> second)
        {
            if (viewless.Contains(encoded.Span[0])) throw new SampleException("no views of it");
            (first[0], first[1]) = (encoded.Span[0], (byte)random.Fork(0).Draw().NextInt32(256));
            (second[0], second[1]) = (encoded.Span[0], (byte)random.Fork(1).Draw().NextInt32(256));
        }
    }
}

using CsCheck;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Data;

namespace Rils.Tests.Engine.Data;

/// <summary>47 samples in batches of 5: an epoch has nine steps and leaves out two samples.</summary>
public sealed class SampleOrderTests
{
    const int Samples = 47, Batch = 5;
    const long StepsPerEpoch = Samples / Batch;

    static SampleOrder Order(long seed = 1) => new(RandomStream.Root(seed), Samples, StepsPerEpoch, Batch);

    static int[] Epoch(SampleOrder order, long epoch) =>
        [.. Enumerable.Range(0, (int)StepsPerEpoch)
            .SelectMany(step => order.Of(epoch * StepsPerEpoch + step).ToArray())];

    [Fact]
    public void An_epoch_takes_no_sample_twice_and_leaves_out_what_fills_no_batch()
    {
        var order = Order();
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var taken = Epoch(order, epoch);
            Assert.Equal(StepsPerEpoch * Batch, taken.Length);
            Assert.Equal(taken.Length, taken.Distinct().Count());
            Assert.All(taken, index => Assert.InRange(index, 0, Samples - 1));
        }
    }

    [Fact]
    public void Where_batches_fill_the_epoch_it_takes_every_sample()
    {
        var order = new SampleOrder(RandomStream.Root(1), 45, 9, Batch);
        for (var epoch = 0; epoch < 5; epoch++) Assert.Equal(Enumerable.Range(0, 45), Epoch(order, epoch).Order());
    }

    [Fact]
    public void Epochs_leave_out_different_samples_so_that_all_are_seen()
    {
        var order = Order();
        Assert.Equal(Samples, Enumerable.Range(0, 20).SelectMany(epoch => Epoch(order, epoch)).Distinct().Count());
    }

    [Fact]
    public void Epochs_and_seeds_have_orders_of_their_own()
    {
        var orders = from seed in (long[])[0, 1, 2] from epoch in (long[])[0, 1, 2, 3]
            select string.Join(",", Epoch(Order(seed), epoch));
        Assert.Equal(12, orders.Distinct().Count());
    }

    [Fact]
    public void A_step_has_its_samples_whatever_was_asked_before()
    {
        const int Steps = 4 * (int)StepsPerEpoch;
        var through = Order();
        int[][] whole = [.. Enumerable.Range(0, Steps).Select(step => through.Of(step).ToArray())];
        for (var first = 0; first < Steps; first++) Assert.Equal(whole[first], Order().Of(first).ToArray());
        var jumping = Order();
        var steps = Enumerable.Range(0, Steps).ToArray();
        new Random(5).Shuffle(steps);
        foreach (var step in steps) Assert.Equal(whole[step], jumping.Of(step).ToArray());
    }

    [Fact]
    public void Replacements_depend_on_seed_step_and_place_alone()
    {
        var order = Order();
        order.Of(30);
        var found = from seed in (long[])[1, 2] from step in (long[])[0, 1, 30] from place in (int[])[0, 1, 4]
            select (string.Join(",", Order(seed).Replacements(step, place)), seed, step, place);
        Assert.Equal(18, found.Select(replacements => replacements.Item1).Distinct().Count());
        Assert.Equal(Order().Replacements(30, 4), order.Replacements(30, 4));
        Assert.All(order.Replacements(3, 2), index => Assert.InRange(index, 0, Samples - 1));
    }

    /// <summary>Any data in any blocks: each sample once, a batch from no more than the blocks of its windows, the step
    /// alone the position.</summary>
    [Fact]
    public void Blocks_are_read_a_window_at_a_time() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 20], Gen.Int[1, 40], Gen.Int[1, 5], Gen.Long[0, 5])
            .Where(given => given.Item1 >= given.Item2)
            .Sample((samples, batch, block, window, epoch) =>
        {
            var blocks = new ShuffleSettings { Block = block, Window = window };
            SampleOrder New() => new(RandomStream.Root(3), samples, samples / batch, batch, blocks);
            var order = New();
            long start = epoch * (samples / batch);
            int[][] steps = [.. Enumerable.Range(0, samples / batch).Select(step => order.Of(start + step).ToArray())];
            Assert.Equal(samples / batch * batch, steps.SelectMany(taken => taken).Distinct().Count());
            Assert.All(steps.SelectMany(taken => taken), index => Assert.InRange(index, 0, samples - 1));
            Assert.Equal(steps[^1], New().Of(start + steps.Length - 1).ToArray());
            // The first window is at least so long, wherever the short block lies.
            var least = (window - 1) * block + (samples % block == 0 ? block : samples % block);
            var first = steps.SelectMany(taken => taken).Take(least);
            Assert.InRange(first.Select(index => index / block).Distinct().Count(), 1, window);
        }, iter: 300);

    [Fact]
    public void The_order_of_large_data_has_each_sample_once() => Gen.Select(Gen.Int[1, 3000], Gen.Long).Sample(
        (samples, seed) => Assert.Equal(Enumerable.Range(0, samples),
            new LargeOrder(RandomStream.Root(seed), samples).Slice(0, samples).ToArray().Order()), iter: 100);

    /// <summary>Over 20,000 seeds, each of 7 samples comes to each of 7 places 2,857 times; a chi-squared of 36 degrees
    /// of freedom is above 68 once in a thousand.</summary>
    [Fact]
    public void Any_sample_comes_to_any_place_of_large_data()
    {
        const int Seeds = 20_000, Count = 7;
        var counts = new double[Count, Count];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var order = new LargeOrder(RandomStream.Root(seed), Count).Slice(0, Count);
            for (var place = 0; place < Count; place++) counts[place, order[place]]++;
        }
        var expected = (double)Seeds / Count;
        Assert.InRange(counts.Cast<double>().Sum(count => Math.Pow(count - expected, 2) / expected), 10, 68);
    }

    [Fact]
    public void A_step_of_millions_of_samples_depends_on_seed_and_epoch()
    {
        const int Many = 15_000_000;
        int[] Of(long seed, long step) =>
            new SampleOrder(RandomStream.Root(seed), Many, Many / 256, 256).Of(step).ToArray();
        Assert.Equal(Of(0, 5), Of(0, 5));
        Assert.InRange(((int[][])[Of(0, 5), Of(0, 6), Of(0, 5 + Many / 256), Of(1, 5)])
            .SelectMany(step => step).Distinct().Count(), 4 * 256 - 3, 4 * 256);
        Assert.All(Of(0, 5), index => Assert.InRange(index, 0, Many - 1));
    }

    [Fact]
    public void Epochs_and_seeds_order_blocks_anew()
    {
        var blocks = new ShuffleSettings { Block = 4, Window = 2 };
        var orders = from seed in (long[])[0, 1, 2] from epoch in (long[])[0, 1, 2]
            select string.Join(",",
                Epoch(new SampleOrder(RandomStream.Root(seed), Samples, StepsPerEpoch, Batch, blocks), epoch));
        Assert.Equal(9, orders.Distinct().Count());
    }
}

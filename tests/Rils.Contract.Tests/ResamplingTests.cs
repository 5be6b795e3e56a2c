using Rils.Contract;

namespace Rils.Tests.Contract;

public sealed class ResamplingTests
{
    static readonly string[] Keys = [.. Enumerable.Range(0, 50).Select(i => $"image-{i}")];

    [Fact]
    public void Each_resample_draws_as_many_samples_as_there_are()
    {
        List<int[]> seen = [];
        var values = Resampling.Of(Keys, times =>
        {
            seen.Add([.. times]);
            return times[0];
        });
        Assert.Equal(Resampling.Count, values.Count);
        Assert.All(seen, times => Assert.Equal(Keys.Length, times.Sum()));
        Assert.Equal(seen.Select(times => (double)times[0]), values);
        Assert.Equal(Resampling.Count, seen.Select(times => string.Join(' ', times)).Distinct().Count());
    }

    /// <summary>Samples of a cluster occur together. Where each is a cluster, nothing changes.</summary>
    [Fact]
    public void Clusters_are_drawn_whole()
    {
        int[] clusters = [.. Enumerable.Range(0, Keys.Length).Select(place => place / 3)];
        var count = clusters.Distinct().Count();
        var drawn = Resampling.Of(Keys, times =>
        {
            Assert.All(times.Index(), own => Assert.Equal(times[own.Index / 3 * 3], own.Item));
            Assert.Equal(count, times.Index().Where(own => own.Index % 3 == 0).Sum(own => own.Item));
            return times[0];
        }, clusters);
        Assert.Equal(1, drawn.Average(), 5 / Math.Sqrt(Resampling.Count));
        int[] alone = [.. Enumerable.Range(0, Keys.Length).Select(place => 100 - place)];
        Assert.Equal(Resampling.Of(Keys, times => times[7]), Resampling.Of(Keys, times => times[7], alone));
    }

    /// <summary>A sample occurs once on the average, with the variance (n - 1) / n of the binomial
    /// distribution.</summary>
    [Fact]
    public void Every_sample_is_drawn_alike()
    {
        foreach (var place in (int[])[0, 17, 49])
        {
            var times = Resampling.Of(Keys, times => times[place]);
            Assert.Equal(1, times.Average(), 5 / Math.Sqrt(Resampling.Count));
            Assert.Equal(49.0 / 50, times.Average(value => (value - 1) * (value - 1)), 0.25);
        }
    }

    [Fact]
    public void The_order_of_the_keys_changes_no_resample()
    {
        string[] turned = [.. Keys.Reverse()];
        IReadOnlyList<double> Of(string[] keys) => Resampling.Of(keys,
            times => keys.Index().Sum(key => times[key.Index] * double.Parse(key.Item["image-".Length..])));
        Assert.Equal(Of(Keys), Of(turned));
    }

    [Fact]
    public void The_draws_are_the_same_in_every_version()
    {
        List<int[]> seen = [];
        Resampling.Of(["a", "b", "c", "d"], times =>
        {
            seen.Add([.. times]);
            return 0;
        });
        Assert.Equal(["2020", "1021", "0220"], seen.Take(3).Select(times => string.Concat(times)));
    }
}

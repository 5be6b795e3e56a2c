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

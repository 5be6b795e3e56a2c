namespace Rils.Measures;

/// <summary>Makes rates from ranks. A sample's rank is the number of wrong answers before its right one.</summary>
public static class Rates
{
    /// <summary>For each depth, 1 where a sample's rank is below the depth, else 0.</summary>
    /// <param name="name">The metric's name before the depth: <c>top</c> makes <c>top1</c>.</param>
    /// <param name="depths">How many of the first answers count: <c>[1, 5]</c>.</param>
    /// <param name="keys">The key of each sample.</param>
    /// <param name="ranks">The rank of each sample.</param>
    public static SampleOutcomes Within(
        string name, IEnumerable<int> depths, IReadOnlyList<string> keys, IReadOnlyList<long> ranks) => new([.. keys],
        depths.ToDictionary(depth => $"{name}{depth}", IReadOnlyList<double> (depth) => [.. Right(ranks, depth)]));

    /// <summary>Each depth's rate, the mean over the samples, with its chance.</summary>
    /// <param name="name">The metric's name before the depth.</param>
    /// <param name="depths">How many of the first answers count.</param>
    /// <param name="samples">The result of <see cref="Within"/> for the same name and depths.</param>
    /// <param name="chance">The rate of a random order at a depth.</param>
    public static IEnumerable<KeyValuePair<string, HeadMetric>> Means(
        string name, IEnumerable<int> depths, SampleOutcomes samples, Func<int, double> chance) =>
        depths.Select(depth => KeyValuePair.Create($"{name}{depth}",
            new HeadMetric(samples.Metrics[$"{name}{depth}"].Average()) { Chance = chance(depth) }));

    /// <summary>A classifier's metrics: <c>top1</c> and so on for each depth; <c>mean_per_class</c>, the mean of the
    /// top-1 rates of the classes that occur; <c>majority</c>, the top-1 rate of always naming the most frequent class;
    /// <c>samples</c>, their number.</summary>
    /// <param name="depths">How many of the first answers count: <c>[1, 5]</c>.</param>
    /// <param name="keys">The key of each sample.</param>
    /// <param name="ranks">The rank of each sample's class.</param>
    /// <param name="labels">The class number of each sample.</param>
    /// <param name="classes">How many classes a sample may have.</param>
    /// <param name="further">The head's own metrics.</param>
    public static HeadResult OfClasses(IEnumerable<int> depths, IReadOnlyList<string> keys, IReadOnlyList<long> ranks,
        IReadOnlyList<int> labels, int classes, params IEnumerable<KeyValuePair<string, HeadMetric>> further)
    {
        var samples = Within("top", depths, keys, ranks);
        double Chance(int depth) => Math.Min(1, (double)depth / classes);
        var places = labels.Distinct().Index().ToDictionary(label => label.Item, label => label.Index);
        int[] own = [.. labels.Select(label => places[label])];
        var most = own.CountBy(place => place).Max(found => found.Value);
        return new(new Dictionary<string, HeadMetric>(
        [
            .. Means("top", depths, samples, Chance),
            new("mean_per_class", new(PerClass(own, places.Count, ranks)) { Chance = Chance(1) }),
            new("majority", Reference((double)most / ranks.Count)),
            new("samples", Reference(ranks.Count)),
            .. further,
        ]))
        {
            Samples =
            [
                samples with
                {
                    Replicates = new Dictionary<string, IReadOnlyList<double>>
                    {
                        ["mean_per_class"] = Resampling.Of(keys, times => PerClass(own, places.Count, ranks, times)),
                    },
                },
            ],
        };
    }

    /// <summary>A number that follows from the data alone, as references do.</summary>
    public static HeadMetric Reference(double value) => new(value) { Reading = MetricReading.Reference };

    /// <summary>The mean of the top-1 rates of the classes that occur, where each sample occurs as many times as
    /// <paramref name="times"/> says; null stands for once.</summary>
    static double PerClass(int[] own, int classes, IReadOnlyList<long> ranks, int[]? times = null)
    {
        var (all, right) = (new double[classes], new double[classes]);
        for (var sample = 0; sample < own.Length; sample++)
        {
            var occurs = times is null ? 1 : times[sample];
            all[own[sample]] += occurs;
            if (ranks[sample] == 0) right[own[sample]] += occurs;
        }
        return all.Zip(right).Where(one => one.First > 0).Average(one => one.Second / one.First);
    }

    static IEnumerable<double> Right(IEnumerable<long> ranks, int depth) =>
        ranks.Select(rank => rank < depth ? 1.0 : 0);
}

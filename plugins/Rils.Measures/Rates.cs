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

    /// <summary>Each metric's mean over the samples.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Means(SampleOutcomes samples) =>
        samples.Metrics.Select(metric => KeyValuePair.Create(metric.Key, metric.Value.Average()));

    /// <summary>A classifier's metrics: <c>top1</c> and so on for each depth; <c>mean_per_class</c>, the mean of the
    /// top-1 rates of the classes that occur; <c>chance</c>, the top-1 rate of a random answer; <c>majority</c>, the
    /// top-1 rate of always naming the most frequent class; <c>samples</c>, their number.</summary>
    /// <param name="depths">How many of the first answers count: <c>[1, 5]</c>.</param>
    /// <param name="keys">The key of each sample.</param>
    /// <param name="ranks">The rank of each sample's class.</param>
    /// <param name="labels">The class number of each sample.</param>
    /// <param name="classes">How many classes a sample may have.</param>
    /// <param name="further">The head's own metrics.</param>
    public static HeadResult OfClasses(IEnumerable<int> depths, IReadOnlyList<string> keys, IReadOnlyList<long> ranks,
        IReadOnlyList<int> labels, int classes, params IEnumerable<KeyValuePair<string, double>> further)
    {
        var samples = Within("top", depths, keys, ranks);
        var byClass = labels.Zip(ranks).GroupBy(sample => sample.First, sample => sample.Second).ToArray();
        return new(new Dictionary<string, double>(
        [
            .. Means(samples),
            new("mean_per_class", byClass.Average(ranksOfClass => Right(ranksOfClass, 1).Average())),
            new("chance", 1.0 / classes),
            new("majority", (double)byClass.Max(ranksOfClass => ranksOfClass.Count()) / ranks.Count),
            new("samples", ranks.Count),
            .. further,
        ]))
        {
            Samples = [samples],
        };
    }

    static IEnumerable<double> Right(IEnumerable<long> ranks, int depth) =>
        ranks.Select(rank => rank < depth ? 1.0 : 0);
}

namespace Rils.Measures;

/// <summary>Rates from ranks. A sample's rank is the number of answers that stand before its right one.</summary>
public static class Rates
{
    /// <summary>For each depth 1 where a sample's rank is below it, else 0.</summary>
    /// <param name="name">Goes before the depth in the metric's name: <c>top</c> makes <c>top1</c>.</param>
    /// <param name="depths">Numbers of answers.</param>
    /// <param name="keys">The samples'.</param>
    /// <param name="ranks">The samples'.</param>
    public static SampleOutcomes Within(
        string name, IEnumerable<int> depths, IReadOnlyList<string> keys, IReadOnlyList<long> ranks) => new([.. keys],
        depths.ToDictionary(depth => $"{name}{depth}", IReadOnlyList<double> (depth) => [.. Right(ranks, depth)]));

    /// <summary>Each metric's mean over the samples.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Means(SampleOutcomes samples) =>
        samples.Metrics.Select(metric => KeyValuePair.Create(metric.Key, metric.Value.Average()));

    /// <summary>A classifier's <c>top1</c> and the like; <c>mean_per_class</c>, the mean over the classes that occur
    /// of their own top-1; beside them <c>chance</c> (of top-1), <c>majority</c> (what naming the most frequent class
    /// scores), <c>samples</c>.</summary>
    /// <param name="depths">Of how many classes the right one must be: <c>[1, 5]</c>.</param>
    /// <param name="keys">The samples'.</param>
    /// <param name="ranks">The samples'.</param>
    /// <param name="labels">The samples' classes.</param>
    /// <param name="classes">How many classes there were to choose from.</param>
    /// <param name="further">Metrics of the head's own.</param>
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

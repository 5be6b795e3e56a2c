namespace Rils.ZeroShot;

/// <summary>Rates from ranks.</summary>
static class ZeroShotMetrics
{
    /// <summary><c>top1</c>, <c>top5</c>; <c>mean_per_class</c>, the mean over the classes that occur of their own top-1; beside them
    /// <c>chance</c> (of top-1), <c>majority</c> (what naming the most frequent class scores) and <c>samples</c>.</summary>
    /// <param name="ranks">For each sample the number of classes before its own.</param>
    /// <param name="labels">For each sample its class.</param>
    /// <param name="classes">How many classes the model chose from.</param>
    public static Dictionary<string, double> Of(IReadOnlyList<long> ranks, IReadOnlyList<int> labels, int classes)
    {
        var byClass = labels.Zip(ranks).GroupBy(sample => sample.First, sample => sample.Second).ToArray();
        return new()
        {
            ["top1"] = Rate(ranks, 1),
            ["top5"] = Rate(ranks, 5),
            ["mean_per_class"] = byClass.Average(ranksOfClass => Rate(ranksOfClass, 1)),
            ["chance"] = 1.0 / classes,
            ["majority"] = (double)byClass.Max(ranksOfClass => ranksOfClass.Count()) / labels.Count,
            ["samples"] = labels.Count,
        };
    }

    /// <summary><c>top1</c> and <c>top5</c> of each sample.</summary>
    public static SampleOutcomes Samples(IReadOnlyList<string> keys, IReadOnlyList<long> ranks) =>
        new(keys, new Dictionary<string, IReadOnlyList<double>> { ["top1"] = [.. Right(ranks, 1)], ["top5"] = [.. Right(ranks, 5)] });

    static double Rate(IEnumerable<long> ranks, int within) => Right(ranks, within).Average();

    static IEnumerable<double> Right(IEnumerable<long> ranks, int within) => ranks.Select(rank => rank < within ? 1.0 : 0);
}

namespace Rils.Probes;

/// <summary>Rates from ranks.</summary>
static class ClassMetrics
{
    const int Several = 5;

    /// <summary><c>top1</c>, and <c>top5</c> where there are more classes than that; <c>mean_per_class</c>, the mean over the classes that occur of their own
    /// top-1; beside them <c>chance</c> (of top-1), <c>majority</c> (what naming the most frequent class scores), <c>samples</c>, <c>training_samples</c>.</summary>
    /// <param name="ranks">For each sample the number of classes before its own.</param>
    /// <param name="validation">The samples.</param>
    /// <param name="classes">How many classes there were to choose from.</param>
    /// <param name="trainingSamples">How many samples were learned from.</param>
    public static Dictionary<string, double> Of(IReadOnlyList<int> ranks, Labelled validation, int classes, int trainingSamples)
    {
        var byClass = validation.Classes.Zip(ranks).GroupBy(sample => sample.First, sample => sample.Second).ToArray();
        var metrics = Samples(ranks, validation, classes).Metrics.ToDictionary(metric => metric.Key, metric => metric.Value.Average());
        metrics["mean_per_class"] = byClass.Average(ranksOfClass => Right(ranksOfClass, 1).Average());
        metrics["chance"] = 1.0 / classes;
        metrics["majority"] = (double)byClass.Max(ranksOfClass => ranksOfClass.Count()) / ranks.Count;
        metrics["samples"] = ranks.Count;
        metrics["training_samples"] = trainingSamples;
        return metrics;
    }

    /// <summary><c>top1</c> of each sample, and <c>top5</c> where there is one.</summary>
    /// <param name="ranks">For each sample the number of classes before its own.</param>
    /// <param name="validation">The samples.</param>
    /// <param name="classes">How many classes there were to choose from.</param>
    public static SampleOutcomes Samples(IReadOnlyList<int> ranks, Labelled validation, int classes)
    {
        Dictionary<string, IReadOnlyList<double>> metrics = new() { ["top1"] = [.. Right(ranks, 1)] };
        if (classes > Several) metrics["top5"] = [.. Right(ranks, Several)];
        return new(validation.Keys, metrics);
    }

    static IEnumerable<double> Right(IEnumerable<int> ranks, int within) => ranks.Select(rank => rank < within ? 1.0 : 0);
}

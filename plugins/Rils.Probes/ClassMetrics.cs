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
        Dictionary<string, double> metrics = new() { ["top1"] = Rate(ranks, 1) };
        if (classes > Several) metrics["top5"] = Rate(ranks, Several);
        metrics["mean_per_class"] = byClass.Average(ranksOfClass => Rate(ranksOfClass, 1));
        metrics["chance"] = 1.0 / classes;
        metrics["majority"] = (double)byClass.Max(ranksOfClass => ranksOfClass.Count()) / ranks.Count;
        metrics["samples"] = ranks.Count;
        metrics["training_samples"] = trainingSamples;
        return metrics;
    }

    static double Rate(IEnumerable<int> ranks, int within) => ranks.Average(rank => rank < within ? 1.0 : 0);
}

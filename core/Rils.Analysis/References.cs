using Rils.Contract;

namespace Rils.Analysis;

/// <summary>The values that a reader compares a head's metrics with, such as chance: shown once, not for each
/// arm.</summary>
public static class References
{
    /// <summary>The names of the metrics that say something about the model, each once.</summary>
    public static IEnumerable<string> Others(IEnumerable<HeadOutcome> found) =>
        found.SelectMany(one => one.Metrics).Where(metric => !Is(metric.Value)).Select(metric => metric.Key).Distinct();

    /// <summary>Whether a metric is a reference.</summary>
    public static bool Is(HeadMetric metric) => metric.Reading == MetricReading.Reference;

    /// <summary>How the heads declare a metric, by the first outcome that has the metric.</summary>
    public static HeadMetric Declared(string metric, IEnumerable<HeadOutcome> found) =>
        found.First(one => one.Metrics.ContainsKey(metric)).Metrics[metric];

    /// <summary>Writes <c>zero-shot: chance 0.0667 (top1), 0.3333 (top5); samples 272</c>, one line for each head that
    /// has reference values.</summary>
    /// <param name="found">The results of the heads, for any number of arms.</param>
    public static IEnumerable<string> Lines(IEnumerable<HeadOutcome> found) =>
        from head in found.GroupBy(one => one.Head)
        let metrics = head.SelectMany(one => one.Metrics).DistinctBy(metric => metric.Key).ToArray()
        let line = Line(
            metrics.Select(metric => (metric.Key, metric.Value.Chance)), metrics.Where(metric => Is(metric.Value)))
        where line.Length > 0
        select $"{head.Key}: {line}";

    /// <summary>Writes the reference values of one head.</summary>
    /// <param name="chances">The chance of each metric; null where the metric has none.</param>
    /// <param name="references">The head's references.</param>
    public static string Line(IEnumerable<(string Metric, double? Chance)> chances,
        IEnumerable<KeyValuePair<string, HeadMetric>> references)
    {
        var guessed = chances.Where(metric => metric.Chance is not null)
            .GroupBy(metric => Figures.Metric(metric.Chance), metric => metric.Metric).ToArray();
        var chance = guessed.Length == 1 ? guessed[0].Key
            : string.Join(", ", guessed.Select(metrics => $"{metrics.Key} ({string.Join(", ", metrics)})"));
        return string.Join("; ", [
            .. guessed.Length > 0 ? (string[])[$"chance {chance}"] : [],
            .. references.Select(metric =>
                Figures.Named(metric.Key, metric.Value.Unit) + $" {Figures.Metric(metric.Value.Value)}"),
        ]);
    }
}

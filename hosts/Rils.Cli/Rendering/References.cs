using Rils.Abstractions;

namespace Rils.Cli.Rendering;

/// <summary>What a head's figures are to be read against, by the words in their names: it is shown once, and not as a figure of each arm.</summary>
static class References
{
    /// <summary>Whether a metric says nothing of the model: <c>image_to_text_chance_r10</c>, <c>samples</c>.</summary>
    public static bool Has(string metric) => HeadResult.IsReference(metric);

    /// <summary><c>zero-shot: chance 0.0667, samples 272</c>, a line per head that has such.</summary>
    /// <param name="found">What some arms' heads found: of a head, the first that has a name counts.</param>
    public static IEnumerable<string> Lines(IEnumerable<(string Head, IReadOnlyDictionary<string, double> Metrics)> found) =>
        from head in found.GroupBy(one => one.Head)
        let values = head.SelectMany(one => one.Metrics).Where(metric => Has(metric.Key)).DistinctBy(metric => metric.Key).ToArray()
        where values.Length > 0
        select $"{head.Key}: {string.Join(", ", values.Select(value => $"{value.Key} {Numbers.Metric(value.Value)}"))}";

    /// <summary>The figures alone.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Figures(IEnumerable<KeyValuePair<string, double>> metrics) => metrics.Where(metric => !Has(metric.Key));
}

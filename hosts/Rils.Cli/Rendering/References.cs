using Rils.Analysis;
using Rils.Contract;

namespace Rils.Cli.Rendering;

/// <summary>What a head's figures are to be read against, by the words in their names: it is shown once, and not as a figure of each arm.</summary>
static class References
{
    /// <summary><c>zero-shot: chance 0.0667, samples 272</c>, a line per head that has such.</summary>
    /// <param name="found">What some arms' heads found: of a head, the first that has a name counts.</param>
    public static IEnumerable<string> Lines(IEnumerable<(string Head, IReadOnlyDictionary<string, double> Metrics)> found) =>
        from head in found.GroupBy(one => one.Head)
        let values = head.SelectMany(one => one.Metrics).Where(metric => HeadResult.IsReference(metric.Key)).DistinctBy(metric => metric.Key).ToArray()
        where values.Length > 0
        select $"{head.Key}: {string.Join(", ", values.Select(value => $"{value.Key} {Figures.Metric(value.Value)}"))}";

    /// <summary>The others: what is found of a model.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Findings(IEnumerable<KeyValuePair<string, double>> metrics) => metrics.Where(metric => !HeadResult.IsReference(metric.Key));
}

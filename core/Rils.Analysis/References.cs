using System.Text.RegularExpressions;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis;

/// <summary>The values that a reader compares a head's metrics with, such as chance: shown once, not for each
/// arm.</summary>
public static partial class References
{
    const string Word = "chance";

    /// <summary>The score of a guess, <c>image_to_text_chance_r10</c> for <c>image_to_text_r10</c>; null where the head
    /// has none. Plain <c>chance</c> is the score of a single guess, so no chance for <c>top5</c>.</summary>
    internal static double? Chance(string metric, IReadOnlyDictionary<string, double> metrics)
    {
        foreach (var (name, value) in metrics)
            if (name != Word && name.Split('_').Contains(Word)
                && name.Split('_').Where(word => word != Word).SequenceEqual(metric.Split('_'))) return value;
        return !Guesses().IsMatch(metric) && metrics.TryGetValue(Word, out var chance) ? chance : null;
    }

    /// <summary>The names of the metrics that say something about the model, each once.</summary>
    public static IEnumerable<string> Others(IEnumerable<HeadOutcome> found) =>
        found.SelectMany(one => one.Metrics.Keys).Distinct().Where(metric => !HeadResult.IsReference(metric));

    /// <summary>The reference values among a head's metrics; the first of each name.</summary>
    internal static IEnumerable<KeyValuePair<string, double>> Among(
        IEnumerable<KeyValuePair<string, double>> metrics) =>
        metrics.Where(metric => HeadResult.IsReference(metric.Key)).DistinctBy(metric => metric.Key);

    /// <summary>Writes <c>zero-shot: chance 0.0667, samples 272</c>, one line for each head that has reference
    /// values.</summary>
    /// <param name="found">The metrics of the heads, for any number of arms.</param>
    public static IEnumerable<string> Lines(
        IEnumerable<(string Head, IReadOnlyDictionary<string, double> Metrics)> found) =>
        from head in found.GroupBy(one => one.Head)
        let values = Among(head.SelectMany(one => one.Metrics)).ToArray()
        where values.Length > 0
        select $"{head.Key}: "
            + string.Join(", ", values.Select(value => $"{value.Key} {Figures.Metric(value.Value)}"));

    [GeneratedRegex(@"(top|_r)(?!1$)\d+$")]
    private static partial Regex Guesses();
}

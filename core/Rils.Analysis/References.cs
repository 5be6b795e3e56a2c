using System.Text.RegularExpressions;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis;

/// <summary>The figures that a head's others are read against: shown once, not for each arm.</summary>
public static partial class References
{
    const string Word = "chance";

    /// <summary>The score of a guess: <c>image_to_text_chance_r10</c> for <c>image_to_text_r10</c>; plain <c>chance</c>
    /// is that of one guess, so not for <c>top5</c>.</summary>
    internal static double? Chance(string metric, IReadOnlyDictionary<string, double> metrics)
    {
        foreach (var (name, value) in metrics)
            if (name != Word && name.Split('_').Contains(Word)
                && name.Split('_').Where(word => word != Word).SequenceEqual(metric.Split('_'))) return value;
        return !Guesses().IsMatch(metric) && metrics.TryGetValue(Word, out var chance) ? chance : null;
    }

    /// <summary>The names of all other figures, each once: they say something of the model.</summary>
    public static IEnumerable<string> Others(IEnumerable<HeadOutcome> found) =>
        found.SelectMany(one => one.Metrics.Keys).Distinct().Where(metric => !HeadResult.IsReference(metric));

    /// <summary>The first of each name among some figures of a head.</summary>
    internal static IEnumerable<KeyValuePair<string, double>> Among(
        IEnumerable<KeyValuePair<string, double>> metrics) =>
        metrics.Where(metric => HeadResult.IsReference(metric.Key)).DistinctBy(metric => metric.Key);

    /// <summary><c>zero-shot: chance 0.0667, samples 272</c>, a line for each head that has such figures.</summary>
    /// <param name="found">The figures that the heads have of some arms.</param>
    public static IEnumerable<string> Lines(
        IEnumerable<(string Head, IReadOnlyDictionary<string, double> Metrics)> found) =>
        from head in found.GroupBy(one => one.Head)
        let values = Among(head.SelectMany(one => one.Metrics)).ToArray()
        where values.Length > 0
        select $"{head.Key}: {string.Join(", ", values.Select(value => $"{value.Key} {Figures.Metric(value.Value)}"))}";

    [GeneratedRegex(@"(top|_r)(?!1$)\d+$")]
    private static partial Regex Guesses();
}

using System.Text.RegularExpressions;
using Rils.Contract;

namespace Rils.Analysis.Report.Html;

/// <summary>What a head's figures are read against.</summary>
static partial class References
{
    const string Word = "chance";

    /// <summary>What a guess would give: <c>image_to_text_chance_r10</c> for <c>image_to_text_r10</c>; plain <c>chance</c> is that of one guess, so not for <c>top5</c>.</summary>
    public static double? Chance(string metric, IReadOnlyDictionary<string, double> metrics)
    {
        foreach (var (name, value) in metrics)
            if (name != Word && name.Split('_').Contains(Word) && name.Split('_').Where(word => word != Word).SequenceEqual(metric.Split('_'))) return value;
        return !Guesses().IsMatch(metric) && metrics.TryGetValue(Word, out var chance) ? chance : null;
    }

    /// <summary><c>chance 0.0667, samples 272</c>; empty where a head has none.</summary>
    public static string Line(IEnumerable<KeyValuePair<string, double>> metrics) => string.Join(", ",
        metrics.Where(metric => HeadResult.IsReference(metric.Key)).DistinctBy(metric => metric.Key).Select(metric => $"{metric.Key} {Figures.Metric(metric.Value)}"));

    [GeneratedRegex(@"(top|_r)(?!1$)\d+$")]
    private static partial Regex Guesses();
}

using Rils.Analysis.Findings;

namespace Rils.Analysis;

/// <summary>Writes the three questions that a comparison answers, each above a table of its own, and the lines below
/// the tables.</summary>
public static class Questions
{
    /// <summary>The question over other seeds, or why there is no answer.</summary>
    public static string OverSeeds(Comparison comparison)
    {
        var seeds = Seeds(comparison);
        return IsEnough(comparison)
            ? $"Other seeds, these samples: would the arm be ahead if trained again? {seeds}."
            : comparison.Seeds.Count == 1
            ? $"One seed ({comparison.Seeds[0]}) cannot show that an arm is better: that takes "
                + $"{Comparison.SeedsNeeded} seeds or more."
            : $"Other seeds: no answer from {seeds}; that takes {Comparison.SeedsNeeded} seeds or more.";
    }

    /// <summary>Writes <c>seed 0</c> or <c>3 seeds (0, 1, 2)</c>.</summary>
    public static string Seeds(Comparison comparison)
    {
        var list = string.Join(", ", comparison.Seeds);
        return comparison.Seeds.Count == 1 ? $"seed {list}" : $"{comparison.Seeds.Count} seeds ({list})";
    }

    /// <summary>Writes <c>mean ± standard deviation of 3 seeds (0, 1, 2)</c>.</summary>
    public static string Means(Comparison comparison) =>
        $"mean{(comparison.Seeds.Count > 1 ? " ± standard deviation" : "")} of {Seeds(comparison)}";

    /// <summary>The question over other samples.</summary>
    public const string OverSamples =
        "These models, other samples: how far apart would they be? Says nothing of other seeds.";

    /// <summary>The question over other seeds and other samples.</summary>
    public const string OverBoth = "Other seeds and other samples: would the arm be ahead if trained again, there too?";

    /// <summary>Whether there are seeds enough to conclude anything over seeds.</summary>
    public static bool IsEnough(Comparison comparison) => comparison.Seeds.Count >= Comparison.SeedsNeeded;

    /// <summary>The line below intervals that several arms share; nothing for a single arm beside the
    /// baseline.</summary>
    public static IEnumerable<string> Together(Comparison comparison) => comparison.Arms.Count <= 2 ? []
        : [$"The intervals of all {comparison.Arms.Count - 1} arms hold at once with 95%, so each is wider than alone; "
            + "a p is the arm's own."];

    /// <summary>Says which findings are exploratory; nothing where there are no findings.</summary>
    public static IEnumerable<string> Exploratory(Comparison comparison) =>
        !IsEnough(comparison) || comparison.Arms.Count < 2 || comparison.Metrics.All(metric => metric.IsPrimary) ? []
        : comparison.Primary is { } primary
            ? [$"Findings in brackets are exploratory: {primary.Metric} alone was named `primary` when the runs began."]
            : ["Findings in brackets are exploratory: the runs did not name one `primary` metric when they began."];

    /// <summary>Says which point of a sweep is best on the validation data, and that the best of the tables would be
    /// flattered where there is no such data.</summary>
    public static IEnumerable<string> Choices(Comparison comparison) => comparison.Choices.Count > 0
        ? comparison.Choices.Select(choice => $"The best {choice.FileArm} on the validation data by "
            + $"{comparison.Primary!.Metric} is {choice.Arm}: {Figures.MeanOf(choice.Validation)}; on the test data it "
            + $"has {Figures.MeanOf(choice.Test)}.")
        : comparison.Metrics.Any(metric => metric.Factors.Count > 0)
            ? ["The best point of these tables is flattered. To choose one, name other data as `validation` in "
                + "[[head]], and the metric as `primary`."]
            : [];

    /// <summary>Names the combinations of a sweep's levels that no arm has, for want of which there are no
    /// effects.</summary>
    public static IEnumerable<string> Missing(Comparison comparison) =>
        (from metric in comparison.Metrics
         from part in metric.Factors
         where part.Effects.Count == 0
         let there = part.Arms.Select(arm => Levels(part, comparison.Factors[arm])).ToArray()
         let lacking = Combinations(part).Except(there).ToArray()
         where lacking.Length > 0
         select $"No effects of {string.Join(" and ", part.Factors.Select(factor => factor.Name))} on {metric.Head} "
             + $"{metric.Metric}: no arm for {string.Join("; ", lacking.Take(3))}"
             + (lacking.Length > 3 ? $"; and {lacking.Length - 3} more" : "")
             + ". The notes say which arms were left out.").Distinct();

    static string Levels(FactorComparison part, IReadOnlyDictionary<string, string> levels) =>
        string.Join(", ", part.Factors.Select(factor => $"{factor.Name} {levels[factor.Key]}"));

    static IEnumerable<string> Combinations(FactorComparison part) =>
        part.Factors.Aggregate((IEnumerable<string>)[""], (done, factor) => done.SelectMany(before =>
            factor.Levels.Select(level => $"{before}{(before.Length > 0 ? ", " : "")}{factor.Name} {level}")));

    /// <summary>Names the metrics whose samples come in clusters, and says what becomes of these.</summary>
    public static IEnumerable<string> Clustered(Comparison comparison) =>
        from metric in comparison.Metrics
        where metric.Clusters is not null
        group metric by (metric.Head, Samples: metric.Samples!.Value, Clusters: metric.Clusters!.Value) into metrics
        select $"{metrics.Key.Head} {string.Join(", ", metrics.Select(metric => metric.Metric))}: "
            + $"{Figures.Count(metrics.Key.Samples)} samples in {Figures.Count(metrics.Key.Clusters)} clusters of "
            + "connected ones (captions of one image, images of one caption), which are drawn whole; no McNemar, which "
            + "takes samples for independent.";

    /// <summary>Names the metrics that have no answer over seeds and samples at once, and says why.</summary>
    public static IEnumerable<string> Unanswered(Comparison comparison) =>
        from metric in comparison.Metrics
        where IsEnough(comparison) && metric.Arms.Any(arm => arm.ToBaseline is not null)
            && metric.Arms.All(arm => arm.ToBaseline?.OverBoth is null)
        group metric by (metric.Head, Why: (metric.Samples, metric.Clusters) switch
        {
            (null, _) => "the head has no outcomes of single samples",
            (1, _) => "one sample has no spread",
            (_, 1) => "one cluster has no spread",
            _ => "no mean over samples",
        }) into metrics
        select $"Other seeds and other samples: no answer for {metrics.Key.Head} "
            + $"{string.Join(", ", metrics.Select(metric => metric.Metric))} ({metrics.Key.Why}).";
}

using Rils.Analysis.Findings;

namespace Rils.Analysis.Sheets;

/// <summary>Makes the tables of a comparison, one for each question: over other seeds; over other samples where the
/// heads have outcomes of single samples; and over both where there are seeds enough.</summary>
public static class ComparisonSheets
{
    /// <param name="comparison">The comparison.</param>
    /// <param name="withModels">Whether the table over samples has a row for the models of each seed, beside their
    /// mean.</param>
    public static IEnumerable<Sheet> Of(Comparison comparison, bool withModels = true)
    {
        yield return Seeds(comparison).Filled();
        if (Samples(comparison, withModels) is { Rows.Count: > 0 } samples) yield return samples.Filled();
        if (Both(comparison) is { Rows.Count: > 0 } both) yield return both.Filled();
    }

    /// <summary>The tables that answer what a sweep asks: a grid for two factors, and the effect of each factor. They
    /// show the primary metric, or the first metric of each head where there is none.</summary>
    public static IEnumerable<Sheet> OfFactors(Comparison comparison) =>
        from metric in comparison.Metrics.Any(metric => metric.IsPrimary)
            ? comparison.Metrics.Where(metric => metric.IsPrimary)
            : comparison.Metrics.DistinctBy(metric => metric.Head)
        from factors in metric.Factors
        from sheet in FactorSheets.Of(comparison, metric, factors)
        select sheet;

    /// <summary>The mean of each arm by each metric, with the standard deviation over seeds.</summary>
    public static Sheet Means(Comparison comparison)
    {
        var factors = FactorColumns.Of(comparison);
        return new($"{Questions.Means(comparison)}.",
            ["arm", .. factors.Names, .. comparison.Metrics.Select(metric => $"{metric.Head} {Figures.Named(metric)}")],
            [.. comparison.Arms.Select(name => (string[])
            [
                factors.NameOf(comparison, name), .. factors.Levels(comparison, name),
                .. comparison.Metrics.Select(metric => metric.Arms.FirstOrDefault(arm => arm.Arm == name))
                    .Select(arm => arm is null ? "" : Figures.MeanOf(arm)),
            ])], []);
    }

    /// <summary>The lines before the tables: the baseline and the comparison's notes.</summary>
    public static IEnumerable<string> Heading(Comparison comparison)
    {
        yield return $"differences are to arm {comparison.Baseline}; "
            + $"--baseline ARM chooses another of {string.Join(", ", comparison.Arms)}";
        foreach (var note in comparison.Notes) yield return $"note: {note}";
    }

    /// <summary>The lines about what a sweep chooses, and about what has no answer.</summary>
    public static IEnumerable<string> Unanswered(Comparison comparison) =>
        [.. Questions.Missing(comparison), .. Questions.Choices(comparison), .. Questions.Unanswered(comparison)];

    /// <summary>The lines after the tables: what is in no table, and the references, such as chance, to read the
    /// figures against.</summary>
    public static IEnumerable<string> Caption(Comparison comparison) =>
    [
        .. Unanswered(comparison),
        .. from head in comparison.References
           let shown = comparison.Metrics.Where(metric => metric.Head == head.Key).ToArray()
           where shown.Length > 0
           let line = References.Line(shown.Select(metric => (metric.Metric, metric.Chance)), head.Value)
           where line.Length > 0
           select $"{head.Key}: {line}",
    ];

    static Sheet Seeds(Comparison comparison) => New(comparison, Questions.OverSeeds(comparison),
        ["mean", "sd", "difference", "95% interval", "p", "signs p", "finding",
            FormattableString.Invariant($"within ±{comparison.Primary?.Margin}")],
        Questions.IsEnough(comparison)
            ? [.. Questions.Together(comparison), .. Questions.Exploratory(comparison)] : [],
        (metric, arm) =>
        [[
            Figures.Metric(arm.Mean), Figures.Spread(arm.Deviation), Figures.Signed(arm.ToBaseline?.Mean),
            .. arm.ToBaseline?.OverSeeds is { Finding: not Finding.TooFewSeeds } over ? (string[])
                [
                    Figures.Range(over.Simultaneous, over.Degenerate), Figures.P(over.P), Figures.P(over.SignFlipP),
                    Figures.Of(over.Finding, metric), Figures.Of(over.Equivalence),
                ]
                : ["", "", "", "", ""],
        ]]);

    static Sheet Samples(Comparison comparison, bool withModels) => New(comparison, Questions.OverSamples,
        ["n", "seed", "difference", "95% interval", "only arm", $"only {comparison.Baseline}",
            "McNemar p", "p (Holm)"],
        Questions.Clustered(comparison),
        (metric, arm) => arm.ToBaseline?.OverSamples is not { } over ? []
            :
            [
                .. comparison.Seeds.Count == 1 ? (string[][])[]
                    :
                    [[
                        Figures.Count(metric.Samples!.Value), "mean", Figures.Signed(arm.ToBaseline.Mean),
                        Figures.Range(over.Interval, over.Degenerate), "", "", "", "",
                    ]],
                .. comparison.Seeds.Count == 1 || withModels
                    ? over.Models.Select(model => Row(comparison, metric, model)) : [],
            ]);

    static string[] Row(Comparison comparison, MetricComparison metric, ModelDifference model) =>
    [
        Figures.Count(metric.Samples!.Value), comparison.Seeds.Count == 1 ? "" : $"{model.Seed}",
        Figures.Signed(model.Mean), Figures.Range(model.Interval, model.Degenerate),
        Figures.Metric(model.Test?.OnlyArm), Figures.Metric(model.Test?.OnlyBaseline), Figures.P(model.Test?.P),
        // For one arm the corrected p is the same number.
        comparison.Arms.Count > 2 ? Figures.P(model.Test?.PHolm) : "",
    ];

    static Sheet Both(Comparison comparison) => New(comparison, Questions.OverBoth,
        ["difference", "95% interval", "freedom", "from seeds", "from samples", "rest"],
        Questions.Together(comparison),
        (metric, arm) => arm.ToBaseline?.OverBoth is not { } over ? []
            :
            [[
                Figures.Signed(arm.ToBaseline.Mean), Figures.Range(over.Simultaneous, over.Degenerate),
                .. over.Degenerate is null ? Parts(comparison, metric, over) : ["", "", "", ""],
            ]]);

    static string[] Parts(Comparison comparison, MetricComparison metric, BothDifference over)
    {
        var (seed, sample) = (over.Components.Seed / comparison.Seeds.Count / over.Components.OfMean,
            over.Components.Sample / (metric.Clusters ?? metric.Samples!.Value) / over.Components.OfMean);
        return
        [
            Figures.Spread(over.Freedom), Figures.Share(seed), Figures.Share(sample), Figures.Share(1 - seed - sample),
        ];
    }

    /// <summary>Makes a table with a row for the name of each head, and below it the rows of its metrics and
    /// arms.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="title">The question.</param>
    /// <param name="columns">The titles of the columns after those of the metric, the arm and its factors.</param>
    /// <param name="notes">The lines below the table.</param>
    /// <param name="rows">The rows of an arm, without its metric and its name.</param>
    static Sheet New(Comparison comparison, string title, IReadOnlyList<string> columns, IEnumerable<string> notes,
        Func<MetricComparison, ArmComparison, IEnumerable<IReadOnlyList<string>>> rows)
    {
        var factors = FactorColumns.Of(comparison);
        string[] titles = ["arm", .. factors.Names, .. columns];
        var all = from head in comparison.Metrics.OrderBy(metric => !metric.IsPrimary)
                      .GroupBy(metric => metric.Head + (metric.IsPrimary ? ", primary" : ""))
                  let own = from metric in head
                            from arm in metric.Arms
                            from row in rows(metric, arm)
                            select (string[])
                            [
                                Figures.Named(metric), factors.NameOf(comparison, arm.Arm),
                                .. factors.Levels(comparison, arm.Arm), .. row,
                            ]
                  where own.Any()
                  from row in own.Prepend([$"{head.Key}:", .. titles.Select(_ => "")])
                  select (IReadOnlyList<string>)row;
        return new(title, ["metric", .. titles], [.. all], [.. notes]);
    }
}

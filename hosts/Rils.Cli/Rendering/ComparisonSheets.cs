using System.Globalization;
using Rils.Analysis;
using Rils.Analysis.Findings;

namespace Rils.Cli.Rendering;

/// <summary>Makes the tables of a comparison: one over seeds, and one over samples where the runs have outcomes of
/// single samples.</summary>
static class ComparisonSheets
{
    public static IEnumerable<Sheet> Of(Comparison comparison)
    {
        yield return Seeds(comparison).Filled();
        if (Samples(comparison) is { Rows.Count: > 0 } samples) yield return samples.Filled();
    }

    /// <summary>The lines before the tables: the baseline and the comparison's notes.</summary>
    public static IEnumerable<string> Heading(Comparison comparison)
    {
        yield return $"differences are to arm {comparison.Baseline}; "
            + $"--baseline ARM chooses another of {string.Join(", ", comparison.Arms)}";
        foreach (var note in comparison.Notes) yield return $"note: {note}";
    }

    /// <summary>The lines after the tables: the references, such as chance, to read the figures against.</summary>
    public static IEnumerable<string> Caption(Comparison comparison) =>
        from head in comparison.References
        let shown = comparison.Metrics.Where(metric => metric.Head == head.Key).ToArray()
        where shown.Length > 0
        let line = References.Line(shown.Select(metric => (metric.Metric, metric.Chance)), head.Value)
        where line.Length > 0
        select $"{head.Key}: {line}";

    static Sheet Seeds(Comparison comparison) => new(SeedsTitle(comparison),
        ["head", "metric", "arm", "mean", "sd", "difference", "95% by t", "p", "p (Holm)", "finding"],
        [.. from metric in comparison.Metrics
            from arm in metric.Arms
            let difference = arm.ToBaseline
            select (string[])
            [
                metric.Head, Figures.Named(metric), arm.Arm, Figures.Metric(arm.Mean), Figures.Metric(arm.Deviation),
                Figures.Signed(difference?.Mean), Figures.Range(difference?.OverSeeds), Figures.P(difference?.P),
                Figures.P(difference?.PHolm), Figures.Of(difference?.Finding, metric.Reading),
            ]]);

    static string SeedsTitle(Comparison comparison)
    {
        var (count, list) = (comparison.Seeds.Count, string.Join(", ", comparison.Seeds));
        var seeds = count == 1 ? $"seed {list}" : $"{count} seeds ({list})";
        if (count < Comparison.SeedsNeeded)
            return $"Over {seeds}: fewer than {Comparison.SeedsNeeded} seeds, "
                + "so no conclusion over seeds can be drawn.";
        var needed = Enumerable.Range(Comparison.SeedsNeeded, int.MaxValue - Comparison.SeedsNeeded)
            .First(n => Smallest(comparison, n) < Comparison.Significance);
        return count >= needed ? $"Over {seeds}: other seeds would give other models."
            : $"Over {seeds}: the smallest p (Holm) that {count} seeds can give is "
                + $"{Figures.P(Smallest(comparison, count))}, so no difference can be found; {needed} can find one.";
    }

    /// <summary>The smallest p (Holm) that a number of seeds can give, where the difference has one sign in all seeds:
    /// two of the 2^seeds patterns of signs, times the number of arms compared with the baseline.</summary>
    static double Smallest(Comparison comparison, int seeds) =>
        Math.Max(1, comparison.Arms.Count - 1) * Math.Pow(2, 1 - seeds);

    static Sheet Samples(Comparison comparison) => new(
        "Over samples: these trained models on other samples of the same kind, not models of other seeds.",
        ["head", "metric", "samples", "arm", "difference", "95% by bootstrap", "only arm",
            $"only {comparison.Baseline}", "McNemar p", "p (Holm)", "correlation"],
        [.. from metric in comparison.Metrics
            from arm in metric.Arms
            let over = arm.ToBaseline?.OverSamples
            where over is not null
            select (string[])
            [
                metric.Head, Figures.Named(metric), Figures.Count(metric.Samples!.Value), arm.Arm,
                Figures.Signed(arm.ToBaseline!.Mean), Figures.Range(over.Interval),
                Figures.Ends(over.Tests.Select(test => (double)test.OnlyArm), Figures.Metric),
                Figures.Ends(over.Tests.Select(test => (double)test.OnlyBaseline), Figures.Metric),
                Figures.Ends(over.Tests.Select(test => test.P), Figures.P),
                Figures.Ends(over.Tests.Select(test => test.PHolm), Figures.P),
                over.Correlation?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
            ]]);
}

using Rils.Analysis.Findings;
using Rils.Contract;

namespace Rils.Analysis.Sheets;

/// <summary>Makes the tables of a sweep's factors: a grid of the arms' means for two factors, and the effects of all
/// factors.</summary>
static class FactorSheets
{
    public static IEnumerable<Sheet> Of(Comparison comparison, MetricComparison metric, FactorComparison factors)
    {
        if (factors.Factors is [var down, var across]) yield return Grid(comparison, metric, factors, down, across);
        if (factors.Effects.Count > 0 && Questions.IsEnough(comparison))
            yield return Effects(comparison, metric, factors).Filled();
    }

    static Sheet Grid(
        Comparison comparison, MetricComparison metric, FactorComparison factors, Factor down, Factor across)
    {
        string Cell(string row, string column) => metric.Arms.FirstOrDefault(arm => factors.Arms.Contains(arm.Arm)
            && comparison.Factors[arm.Arm][down.Key] == row && comparison.Factors[arm.Arm][across.Key] == column)
            is { } arm ? Figures.MeanOf(arm) : "";
        return new(
            $"{Title(metric)} by {down.Name} (down) and {across.Name} (across): {Questions.Means(comparison)}.",
            [down.Name, .. across.Levels],
            [.. down.Levels.Select(row => (string[])[row, .. across.Levels.Select(column => Cell(row, column))])],
            [.. metric.Arms.Where(arm => !factors.Arms.Contains(arm.Arm))
                .Select(arm => $"{arm.Arm}: {Figures.MeanOf(arm)}")]);
    }

    static Sheet Effects(Comparison comparison, MetricComparison metric, FactorComparison factors)
    {
        string NameOf(string key) => factors.Factors.First(factor => factor.Key == key).Name;
        return new(
            $"Other seeds, these samples: how much does each factor change {Title(metric)}, averaged over the others?",
            ["factor", "level", "difference", "95% interval", "p", "finding"],
            [.. factors.Effects.Select(effect => (string[])
            [
                string.Join(" x ", effect.Factors.Select(NameOf)), Level(effect), Figures.Signed(effect.Mean),
                Figures.Range(effect.Interval, effect.Degenerate), Figures.P(effect.P), Finding(effect, metric),
            ])],
            [.. Notes(comparison, factors)]);
    }

    /// <summary>An interaction of two factors is neither better nor worse.</summary>
    static string Finding(FactorEffect effect, MetricComparison metric) => Figures.Of(effect.Finding,
        effect.Kind == EffectKind.Interaction ? metric with { Reading = MetricReading.Reference } : metric);

    static string Level(FactorEffect effect) => effect.Kind == EffectKind.Trend
        ? $"line from {effect.Levels[0]} to {effect.Levels[1]}" : string.Join(", ", effect.Levels);

    static IEnumerable<string> Notes(Comparison comparison, FactorComparison factors)
    {
        var own = factors.Arms.FirstOrDefault(arm => arm == comparison.Baseline);
        var references = string.Join(", ", factors.Factors.Select(factor =>
            $"{factor.Name} {(own is null ? factor.Levels[0] : comparison.Factors[own][factor.Key])}"));
        yield return $"Differences are to {references}{(own is null ? "" : ", the baseline's levels")}; the intervals "
            + "of one factor's levels, and of one pair's, hold at once with 95%.";
        if (factors.Factors.Count > 1)
            yield return "A pair's row: how much the two together differ from the sum of what each does alone.";
    }

    static string Title(MetricComparison metric) => $"{metric.Head} {Figures.Named(metric)}";
}

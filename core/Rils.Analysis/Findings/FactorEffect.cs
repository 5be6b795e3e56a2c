
namespace Rils.Analysis.Findings;

/// <summary>The change that a factor, or two factors together, make to a metric, as the mean over the other
/// factors' levels.</summary>
/// <param name="Kind">The comparison that the effect makes.</param>
/// <param name="Factors">The keys of the factors: one, or two for an interaction.</param>
/// <param name="Levels">The level of each factor that is compared with its reference; for a trend the lowest and the
/// highest level.</param>
/// <param name="Mean">The mean over the seeds, in the unit of the metric.</param>
/// <param name="Interval">The interval by Student's paired t over the seeds. The intervals of one kind and the same
/// factors hold at once with 95% confidence (Bonferroni). Null for fewer than <see cref="Comparison.SeedsNeeded"/>
/// seeds, and where <paramref name="Degenerate"/> says why.</param>
/// <param name="P">The two-sided p, of this effect by itself; null where <paramref name="Interval"/> is.</param>
/// <param name="Degenerate">Why there is no interval, for two or more seeds; null where there is one.</param>
/// <param name="Finding">The conclusion from <paramref name="Interval"/>.</param>
public sealed record FactorEffect(
    EffectKind Kind, IReadOnlyList<string> Factors, IReadOnlyList<string> Levels, double Mean, Interval? Interval,
    double? P, Degenerate? Degenerate, Finding Finding);


namespace Rils.Analysis.Findings;

/// <summary>An arm less the baseline over seeds and samples at once: how methods would differ that are trained again
/// and evaluated on other samples of the same kind.</summary>
/// <param name="Interval">The interval of the mean, for this arm by itself; null where <paramref name="Degenerate"/>
/// says why.</param>
/// <param name="Simultaneous">The interval at a level that makes the intervals of all arms hold at once with 95%
/// confidence (Bonferroni); null where <paramref name="Degenerate"/> says why.</param>
/// <param name="Freedom">The degrees of freedom by Satterthwaite.</param>
/// <param name="Components">How much of the variance the seeds and the samples bring.</param>
/// <param name="Degenerate">Why there is no interval; null where there is one.</param>
public sealed record BothDifference(
    Interval? Interval, Interval? Simultaneous, double Freedom, VarianceComponents Components, Degenerate? Degenerate);

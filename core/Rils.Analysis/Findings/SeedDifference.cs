namespace Rils.Analysis.Findings;

/// <summary>An arm less the baseline over seeds, on the samples that the heads had: how methods would differ that are
/// trained again. The difference says nothing about other samples.</summary>
/// <param name="Interval">The interval of the mean by Student's t over the seeds, for this arm by itself; null for one
/// seed, and where <paramref name="Degenerate"/> says why.</param>
/// <param name="Simultaneous">The interval by Student's t at a level that makes the intervals of all arms hold at once
/// with 95% confidence (Bonferroni); null for fewer than <see cref="Comparison.SeedsNeeded"/> seeds, and where
/// <paramref name="Degenerate"/> says why.</param>
/// <param name="P">The two-sided p of the paired t test; null where <paramref name="Simultaneous"/> is.</param>
/// <param name="PHolm"><paramref name="P"/>, corrected for the number of arms that are compared with the
/// baseline.</param>
/// <param name="SignFlipP">The two-sided p of the sign-flip test, a check that does not take the differences for
/// normal; null for fewer than <see cref="Comparison.SeedsForSigns"/> seeds, and for identical outcomes.</param>
/// <param name="Degenerate">Why there is no interval, for two or more seeds; null where there is one.</param>
/// <param name="Finding">The conclusion from <paramref name="Simultaneous"/>.</param>
public sealed record SeedDifference(
    Interval? Interval, Interval? Simultaneous, double? P, double? PHolm, double? SignFlipP, Degenerate? Degenerate,
    Finding Finding)
{
    /// <summary>Whether the arm is equivalent to the baseline; null without a margin, which only the primary metric can
    /// have, and where <see cref="Simultaneous"/> is null.</summary>
    public Equivalence? Equivalence { get; init; }
}

namespace Rils.Analysis.Findings;

/// <summary>The arm's model less the baseline's, both of one seed, over samples.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Mean">The difference, in the unit of the metric.</param>
/// <param name="Interval">The interval of the difference: by Newcombe's method where outcomes are 0 or 1 and samples
/// stand for themselves, else by the percentile bootstrap; null where <paramref name="Degenerate"/> says why.</param>
/// <param name="Degenerate">Why there is no interval; null where there is one, as always for outcomes that are 0 or
/// 1.</param>
/// <param name="Test">McNemar's test; null where outcomes are not 0 or 1, where samples come in clusters, and for a
/// metric that is no mean over samples.</param>
public sealed record ModelDifference(
    long Seed, double Mean, Interval? Interval, Degenerate? Degenerate, SampleTest? Test);

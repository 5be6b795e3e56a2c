namespace Rils.Analysis.Statistics;

/// <summary>An arm's values of one metric.</summary>
/// <param name="Values">The metric for each seed.</param>
/// <param name="Parts">The outcomes [seeds, samples] whose means are the metric, or the metric's values [seeds,
/// resamples] on resamples.</param>
/// <param name="Clusters">The number of each sample's cluster; null where each sample stands for itself.</param>
sealed record JudgedArm(double[] Values, double[][] Parts, IReadOnlyList<int>? Clusters = null);

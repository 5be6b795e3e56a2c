using Rils.Runs;

namespace Rils.Analysis.Power;

/// <summary>The comparison that an experiment will make.</summary>
/// <param name="Seeds">The number of seeds, 1 or more.</param>
/// <param name="Arms">The number of compared arms, the baseline among them: 2 or more.</param>
/// <param name="Primary">The metric that the experiment is about, with its margin; null where the experiment names
/// none.</param>
public sealed record PlannedComparison(int Seeds, int Arms, PrimaryMetric? Primary);

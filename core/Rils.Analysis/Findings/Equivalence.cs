namespace Rils.Analysis.Findings;

/// <summary>Whether an arm is as good as the baseline, but for a margin that does not matter: two one-sided t tests
/// over seeds (TOST).</summary>
/// <param name="Margin">The margin, in the unit of the metric.</param>
/// <param name="P">The p of a difference as large as the margin or larger, of this arm by itself.</param>
/// <param name="IsShown">Whether the equivalence is shown, for all arms at once with 95% confidence
/// (Bonferroni).</param>
public sealed record Equivalence(double Margin, double P, bool IsShown);

namespace Rils.Analysis.Findings;

/// <summary>One arm's figures of one metric.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Values">One for each seed.</param>
/// <param name="Mean">Over the seeds.</param>
/// <param name="Deviation">The standard deviation over seeds, with n - 1; null for one seed.</param>
/// <param name="ToBaseline">Null for the baseline itself, and where the baseline has no such metric.</param>
public sealed record ArmComparison(string Arm, IReadOnlyList<double> Values, double Mean, double? Deviation, Difference? ToBaseline);

namespace Rils.Engine.Runs;

/// <summary>How an arm ended.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Parameters">Number of trained parameters.</param>
/// <param name="Failure">Why it stopped early; null where it ran to the end.</param>
/// <param name="Heads">All evaluations, in the order in which they were made.</param>
public sealed record ArmOutcome(string Arm, long Seed, long Parameters, string? Failure, IReadOnlyList<HeadOutcome> Heads);

namespace Rils.Engine.Runs;

/// <summary>What a head found of an arm.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Head">The head's name.</param>
/// <param name="Step">Optimizer steps done before it.</param>
/// <param name="Metrics">By name.</param>
public sealed record HeadOutcome(string Arm, string Head, long Step, IReadOnlyDictionary<string, double> Metrics);

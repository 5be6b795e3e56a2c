namespace Rils.Engine.Bench;

/// <summary>How far a benchmark is.</summary>
/// <param name="Phase">What it does: <c>warm-up</c>, <c>step</c>, <c>memory</c>, <c>loader</c>.</param>
/// <param name="Done">Steps done of the phase.</param>
/// <param name="Of">Steps of the phase; 0 for one that has none.</param>
/// <param name="StepMs">What the last step took; null for one that is not timed.</param>
public sealed record BenchProgress(string Phase, int Done, int Of, double? StepMs);

namespace Rils.Engine.Bench;

/// <summary>The progress of a benchmark.</summary>
/// <param name="Phase">The phase: <c>warm-up</c>, <c>step</c>, <c>memory</c> or <c>loader</c>.</param>
/// <param name="Done">The number of steps done in the phase.</param>
/// <param name="Of">The number of steps of the phase; 0 for a phase without a known number.</param>
/// <param name="StepMs">Milliseconds of the last step; null for a step that is not timed.</param>
public sealed record BenchProgress(string Phase, int Done, int Of, double? StepMs);

namespace Rils.Runs.Sweeps;

/// <summary>An arm of a sweep.</summary>
/// <param name="Name">Its own: <c>rils-ratio-0.6</c>.</param>
/// <param name="Arm">The arm of the file that it comes from.</param>
/// <param name="Values">What the sweep gives it, by key; empty for one that no key reaches, which all points share.</param>
public sealed record SweepArm(string Name, string Arm, IReadOnlyDictionary<string, string> Values);

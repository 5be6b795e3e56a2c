namespace Rils.Engine.Bench;

/// <summary>The time of a system in a step.</summary>
/// <param name="Arm">The arm for which the system runs; null for a system that runs once per device, or on the host
/// lane.</param>
/// <param name="Stage">The system's stage.</param>
/// <param name="System">The system's name.</param>
/// <param name="Ms">Milliseconds, the median over the steps.</param>
/// <param name="Share">The system's share of the time of all measured steps, 0 to 1.</param>
public sealed record SystemBench(string? Arm, string Stage, string System, double Ms, double Share);

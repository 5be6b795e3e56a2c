namespace Rils.Engine.Bench;

/// <summary>What a system takes of a step.</summary>
/// <param name="Arm">The arm that it runs for; null for one that runs once per device, or on the host lane.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="System">Its name.</param>
/// <param name="Ms">Milliseconds, the median over the steps.</param>
/// <param name="Share">Its part of the time of all measured steps, 0 to 1.</param>
public sealed record SystemBench(string? Arm, string Stage, string System, double Ms, double Share);

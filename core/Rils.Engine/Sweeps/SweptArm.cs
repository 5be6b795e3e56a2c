using Rils.Configuration;

namespace Rils.Engine.Sweeps;

/// <summary>An arm that a sweep makes of one of the file.</summary>
/// <param name="Arm">That of the file.</param>
/// <param name="Values">What it is given.</param>
/// <param name="Tree">Under its own name, with these values.</param>
sealed record SweptArm(string Arm, IReadOnlyList<SweepChoice> Values, ArmTree Tree);

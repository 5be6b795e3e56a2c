using Rils.Configuration;

namespace Rils.Engine.Sweeps;

/// <summary>An arm that a sweep makes from an arm of the file.</summary>
/// <param name="Arm">The name of the arm in the file.</param>
/// <param name="Values">The values that the sweep gives it.</param>
/// <param name="Tree">The new arm, with its own name and these values.</param>
sealed record SweptArm(string Arm, IReadOnlyList<SweepChoice> Values, ArmTree Tree);

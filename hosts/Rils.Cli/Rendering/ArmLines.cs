using Rils.Engine.Composition;

namespace Rils.Cli.Rendering;

/// <summary>Writes a line for each arm with its parts: first those in which the arms differ, then those that all arms
/// have alike.</summary>
static class ArmLines
{
    public static IEnumerable<string> Of(Experiment experiment) => Of(ArmComposition.Of(experiment));

    /// <summary>Lists the phases with their arms, in the order of training: <c>mae, clip; then lit</c>.</summary>
    public static string Phases(Experiment experiment) =>
        string.Join("; then ", experiment.Phases.Select(arms => string.Join(", ", arms)));

    internal static IEnumerable<string> Of(IReadOnlyList<ArmComposition> arms)
    {
        var width = arms.Max(arm => arm.Arm.Length);
        return arms.Select(arm => $"  {arm.Arm.PadRight(width)}  {string.Join(" | ", Parts(arm))}");
    }

    static IEnumerable<string> Parts(ArmComposition arm) =>
        new[] { arm.Own, arm.Common }.Where(parts => parts.Count > 0).Select(parts => string.Join(", ", parts));
}

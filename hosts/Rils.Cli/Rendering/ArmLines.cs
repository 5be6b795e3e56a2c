using Rils.Engine.Composition;

namespace Rils.Cli.Rendering;

/// <summary>What each arm is made of, a line each, what differs first.</summary>
static class ArmLines
{
    public static IEnumerable<string> Of(Experiment experiment) => Of(ArmComposition.Of(experiment));

    /// <summary><c>mae, clip; then lit</c>: one phase after the other.</summary>
    public static string Phases(Experiment experiment) => string.Join("; then ", experiment.Phases.Select(arms => string.Join(", ", arms)));

    internal static IEnumerable<string> Of(IReadOnlyList<ArmComposition> arms)
    {
        var width = arms.Max(arm => arm.Arm.Length);
        return arms.Select(arm => $"  {arm.Arm.PadRight(width)}  {string.Join(" | ", Parts(arm))}");
    }

    static IEnumerable<string> Parts(ArmComposition arm) =>
        new[] { arm.Own, arm.Common }.Where(parts => parts.Count > 0).Select(parts => string.Join(", ", parts));
}

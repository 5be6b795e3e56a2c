namespace Rils.Runs;

/// <summary>An arm of a sweep.</summary>
/// <param name="Name">The arm's name in the sweep: <c>rils-ratio-0.6</c>.</param>
/// <param name="Arm">The name of the arm in the file.</param>
/// <param name="Values">The values that the sweep gives the arm, by key; empty for an arm that no swept key reaches,
/// which all points share.</param>
public sealed record SweepArm(string Name, string Arm, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The arms of a run, with the values that the sweep gives the run besides: <c>data.batch</c>.</summary>
    public static IReadOnlyList<SweepArm> Of(
        IEnumerable<SweepArm> arms, IReadOnlyDictionary<string, string> ofRun) =>
        [.. arms.Select(arm => arm with { Values = new Dictionary<string, string>([.. arm.Values, .. ofRun]) })];
}

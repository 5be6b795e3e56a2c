namespace Rils.Runs;

/// <summary>The numbers of one arm at one step.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Step">The step, from 0.</param>
/// <param name="Values">By name, in the order in which they are written.</param>
public sealed record MetricRow(string Arm, long Step, IReadOnlyList<KeyValuePair<string, double>> Values)
{
    internal const string Loss = "loss";

    /// <summary>What the engine itself writes to a row; nothing else may be called so.</summary>
    internal static readonly string[] Reserved = ["arm", "step", Loss, "learning_rate"];
}

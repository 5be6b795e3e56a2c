namespace Rils.Runs;

/// <summary>The numbers of one arm at one step.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Step">The step, from 0.</param>
/// <param name="Values">The numbers by name, in the order of the file.</param>
public sealed record MetricRow(string Arm, long Step, IReadOnlyList<KeyValuePair<string, double>> Values)
{
    internal const string Loss = "loss";

    /// <summary>The names that the engine itself writes to a row; no metric may have one of these names.</summary>
    internal static readonly string[] Reserved = ["arm", "step", Loss, "learning_rate"];
}

namespace Rils.Contract;

/// <summary>The numbers of one arm at one training step.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Step">The step, from 0.</param>
/// <param name="Values">The numbers by name: each loss, the whole <c>loss</c>, metrics of objectives,
/// <c>learning_rate</c>.</param>
public sealed record MetricRow(string Arm, long Step, IReadOnlyList<KeyValuePair<string, double>> Values)
{
    internal const string Loss = "loss";

    /// <summary>Names that the engine itself writes to a row; no objective may have one of them.</summary>
    internal static readonly string[] Reserved = ["arm", "step", Loss, "learning_rate"];
}

using System.Text.Json.Serialization;

namespace Rils.Runs;

/// <summary>The result of a head for an arm.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Head">The head's name.</param>
/// <param name="Step">The number of optimizer steps before the evaluation.</param>
/// <param name="Metrics">The metrics by name; empty where the head failed.</param>
public sealed record HeadOutcome(string Arm, string Head, long Step, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Why the head failed; null where it gave a result. A failure stops neither the arm nor the other
    /// heads.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }
}

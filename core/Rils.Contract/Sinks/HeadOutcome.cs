using System.Text.Json.Serialization;

namespace Rils.Contract;

/// <summary>The result of a head's evaluation of an arm.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Head">The head's name.</param>
/// <param name="Step">The number of optimizer steps done before the evaluation.</param>
/// <param name="Metrics">The metrics by name; empty where the head failed.</param>
public sealed record HeadOutcome(string Arm, string Head, long Step, IReadOnlyDictionary<string, HeadMetric> Metrics)
{
    /// <summary>The reason why the head failed, for people; null where it gave metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }
}

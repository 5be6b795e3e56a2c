using System.Text.Json.Serialization;

namespace Rils.Runs;

/// <summary>What a head found of an arm.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Head">The head's name.</param>
/// <param name="Step">Optimizer steps done before it.</param>
/// <param name="Metrics">By name; empty where it failed.</param>
public sealed record HeadOutcome(string Arm, string Head, long Step, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Why it found nothing; null where it did. The arm and the other heads went on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }
}

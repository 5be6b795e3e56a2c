using Rils.Contract;
using Rils.Runs;

namespace Rils.Engine.Checkpoints;

/// <summary>The part of a checkpoint that holds no tensors: <c>state.json</c>.</summary>
/// <param name="Step">The number of optimizer steps done.</param>
/// <param name="Failures">Why arms stopped, by the arms' names; the tensors of these arms are in an earlier
/// checkpoint.</param>
/// <param name="Heads">The outcomes of all evaluations so far.</param>
/// <param name="BadSamples">All bad samples that the steps and evaluations so far have met.</param>
/// <param name="Metrics">The length and hash of <c>metrics.jsonl</c>, which holds the steps so far.</param>
/// <param name="Sha256">The SHA-256 of each running arm's file, by the arm's name: a disk may lose bits, and training
/// would go on with wrong numbers.</param>
sealed record CheckpointState(
    long Step, IReadOnlyDictionary<string, string> Failures, IReadOnlyList<HeadOutcome> Heads,
    IReadOnlyList<BadSample> BadSamples, MetricsMark Metrics, IReadOnlyDictionary<string, string> Sha256)
{
    /// <summary>Whether a run of these arms can have written the state after a number of steps; a state for which the
    /// answer is no is damaged.</summary>
    public bool IsOf(long step, IReadOnlyList<string> arms) =>
        Step == step && Failures.Keys.Concat(Sha256.Keys).Order(StringComparer.Ordinal)
            .SequenceEqual(arms.Order(StringComparer.Ordinal))
        && Heads.All(head => head is not null && arms.Contains(ArmAverage.ArmOf(head.Arm)))
        && BadSamples.All(bad => bad is not null);
}

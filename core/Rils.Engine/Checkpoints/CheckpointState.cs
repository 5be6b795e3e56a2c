using Rils.Contract;
using Rils.Runs;

namespace Rils.Engine.Checkpoints;

/// <summary>What a checkpoint says beside its tensors.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Failures">Arms that had stopped, with why; their tensors are in an earlier checkpoint.</param>
/// <param name="Heads">All evaluations so far.</param>
/// <param name="BadSamples">All that the steps and evaluations so far have met.</param>
/// <param name="Metrics">What <c>metrics.jsonl</c> holds of the steps so far.</param>
/// <param name="Sha256">Of the files of the arms that ran: a disk may lose bits, and training would go on with them.</param>
sealed record CheckpointState(
    long Step, IReadOnlyDictionary<string, string> Failures, IReadOnlyList<HeadOutcome> Heads,
    IReadOnlyList<BadSample> BadSamples, MetricsMark Metrics, IReadOnlyDictionary<string, string> Sha256)
{
    /// <summary>Whether this is what a run of these arms writes at a step; else it is damaged.</summary>
    public bool IsOf(long step, IReadOnlyList<string> arms) =>
        Step == step && Failures.Keys.Concat(Sha256.Keys).Order(StringComparer.Ordinal).SequenceEqual(arms.Order(StringComparer.Ordinal)) &&
         Heads.All(head => head is not null && arms.Contains(head.Arm)) && BadSamples.All(bad => bad is not null);
}

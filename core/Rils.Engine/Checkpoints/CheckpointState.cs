using Rils.Engine.Runs;

namespace Rils.Engine.Checkpoints;

/// <summary>What a checkpoint says beside its tensors.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Failures">Arms that had stopped, with why; their tensors are in an earlier checkpoint.</param>
/// <param name="Heads">All evaluations so far.</param>
sealed record CheckpointState(long Step, IReadOnlyDictionary<string, string> Failures, IReadOnlyList<HeadOutcome> Heads);

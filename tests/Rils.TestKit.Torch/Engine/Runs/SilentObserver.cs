using Rils.Engine.Execution;
using Rils.Engine.Pretrained;
using Rils.Runs;

namespace Rils.Tests.Engine.Runs;

/// <summary>Calls back, and shows nothing.</summary>
sealed class SilentObserver(
    Action<long>? trained = null, Action<long>? evaluating = null, Action<HeadOutcome>? evaluated = null, Action<long>? started = null,
    Action<string, IReadOnlyList<string>>? leftOut = null, Action<string, TakenWeights>? taken = null) : IRunObserver
{
    public void Started(long seed, int phase, long firstStep) => started?.Invoke(seed);

    public void Taken(long seed, string arm, TakenWeights weights) => taken?.Invoke(arm, weights);

    public void LeftOut(long seed, string head, IReadOnlyList<string> arms) => leftOut?.Invoke(head, arms);

    public void Trained(long seed, long step, IReadOnlyList<MetricRow> rows) => trained?.Invoke(step);

    public void Evaluating(long seed, long step) => evaluating?.Invoke(step);

    public void Evaluated(long seed, HeadOutcome outcome) => evaluated?.Invoke(outcome);

    public void Failed(long seed, string arm, string cause)
    {
    }
}

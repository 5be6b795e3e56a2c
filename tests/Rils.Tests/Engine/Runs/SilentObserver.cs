using Rils.Engine.Runs;
using Rils.Engine.Training;

namespace Rils.Tests.Engine.Runs;

/// <summary>Calls back after steps, and hears nothing else.</summary>
sealed class SilentObserver(Action<long>? trained = null) : IRunObserver
{
    public void Started(long seed, long firstStep)
    {
    }

    public void Trained(long seed, long step, IReadOnlyList<MetricRow> rows) => trained?.Invoke(step);

    public void Evaluating(long seed, long step)
    {
    }

    public void Evaluated(long seed, HeadOutcome outcome)
    {
    }

    public void Failed(long seed, string arm, string cause)
    {
    }
}

using Rils.Engine.Pretrained;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>Hears how a run goes, on the run's own thread: what it does takes time from training.</summary>
public interface IRunObserver
{
    /// <summary>The arms of a phase are ready.</summary>
    /// <param name="seed">The seed that they are trained from.</param>
    /// <param name="phase">From 1.</param>
    /// <param name="firstStep">Where they begin, or go on.</param>
    void Started(long seed, int phase, long firstStep);

    /// <summary>An arm begins with the weights that its <c>[init]</c> names.</summary>
    void Taken(long seed, string arm, TakenWeights taken)
    {
    }

    /// <summary>A head evaluates some arms in no step of this seed: they have not what it needs.</summary>
    void LeftOut(long seed, string head, IReadOnlyList<string> arms)
    {
    }

    /// <summary>Steps were made; the rows are ordered by step, then by arm.</summary>
    void Trained(long seed, long step, IReadOnlyList<MetricRow> rows);

    /// <summary>An evaluation begins; training waits for it.</summary>
    void Evaluating(long seed, long step);

    /// <summary>A head was evaluated.</summary>
    void Evaluated(long seed, HeadOutcome outcome);

    /// <summary>An arm stopped early; the others go on.</summary>
    void Failed(long seed, string arm, string cause);
}

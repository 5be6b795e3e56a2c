using Rils.Scheduling;

namespace Rils.Engine.Bench;

/// <summary>A lane's part of one step. All times in ticks of the stopwatch.</summary>
sealed class LaneTrace
{
    /// <summary>Waited before it could begin.</summary>
    public long Waited { get; set; }

    /// <summary>From there to its end.</summary>
    public long Busy { get; set; }

    /// <summary>The part of <see cref="Busy"/> that let go of the tick's tensors.</summary>
    public long Released { get; set; }

    /// <summary>The part of <see cref="Busy"/> that looked whether systems change what they only read.</summary>
    public long Watched { get; set; }

    /// <summary>What ran, in order. Made large enough before the step, so that nothing grows in it.</summary>
    public List<(PlannedSystem System, long Ticks)> Systems { get; } = new(256);

    /// <summary>The scheduler's own part: what no system, no watch, no wait and no release accounts for. The probe's
    /// two looks at the clock for each system are in it.</summary>
    public long Scheduler => Busy - Released - Watched - Systems.Sum(ran => ran.Ticks);
}

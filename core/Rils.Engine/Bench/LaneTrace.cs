using Rils.Scheduling;

namespace Rils.Engine.Bench;

/// <summary>A lane's times in one step, in ticks of the stopwatch.</summary>
sealed class LaneTrace
{
    /// <summary>The wait before the lane could begin.</summary>
    public long Waited { get; set; }

    /// <summary>The time from the lane's beginning to its end.</summary>
    public long Busy { get; set; }

    /// <summary>The part of <see cref="Busy"/> in which the lane freed the tick's tensors.</summary>
    public long Released { get; set; }

    /// <summary>The part of <see cref="Busy"/> in which the lane checked whether systems change what they only
    /// read.</summary>
    public long Watched { get; set; }

    /// <summary>The systems that ran, in order. The list has its room before the step, so that it does not grow during
    /// one.</summary>
    public List<(PlannedSystem System, long Ticks)> Systems { get; } = new(256);

    /// <summary>The scheduler's own part of <see cref="Busy"/>: the time that belongs to no system, check or release,
    /// with the probe's two looks at the clock for each system.</summary>
    public long Scheduler => Busy - Released - Watched - Systems.Sum(ran => ran.Ticks);
}

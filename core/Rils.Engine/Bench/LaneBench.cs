namespace Rils.Engine.Bench;

/// <summary>The times of a lane in a step. Times are medians over the steps; shares are shares of the time of all
/// measured steps, 0 to 1.</summary>
/// <param name="Systems">The systems, in the order in which they run.</param>
/// <param name="WaitingMs">Milliseconds of waiting for the other lane.</param>
/// <param name="WaitingShare">The share of that waiting.</param>
/// <param name="ReleaseMs">Milliseconds of freeing the step's tensors; null on the host lane, which keeps none.</param>
/// <param name="WatchMs">Milliseconds of checking whether systems change what they only read.</param>
/// <param name="WatchShare">The share of that checking.</param>
/// <param name="SchedulerUs">Microseconds of a tick that belong to no system, check, wait or release; they include the
/// measurement itself.</param>
public sealed record LaneBench(IReadOnlyList<SystemBench> Systems, double WaitingMs, double WaitingShare,
    double? ReleaseMs, double WatchMs, double WatchShare, double SchedulerUs);

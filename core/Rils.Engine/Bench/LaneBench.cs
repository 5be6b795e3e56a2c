namespace Rils.Engine.Bench;

/// <summary>What a lane does in a step. Medians over the steps; shares are of the time of all measured steps.</summary>
/// <param name="Systems">In the order in which they run.</param>
/// <param name="WaitingMs">Waiting for the other lane.</param>
/// <param name="WaitingShare">The same as a share, 0 to 1.</param>
/// <param name="ReleaseMs">Letting go of the step's tensors; null on the host lane, which keeps none.</param>
/// <param name="WatchMs">Looking whether systems change what they only read.</param>
/// <param name="WatchShare">The same as a share, 0 to 1.</param>
/// <param name="SchedulerUs">Microseconds of a tick that no system, no watch, no wait and no release accounts for; the
/// measurement itself is in it.</param>
public sealed record LaneBench(IReadOnlyList<SystemBench> Systems, double WaitingMs, double WaitingShare,
    double? ReleaseMs, double WatchMs, double WatchShare, double SchedulerUs);

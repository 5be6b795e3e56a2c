using System.Diagnostics;

namespace Rils.Scheduling;

/// <summary>Reads the clock for a probe; a lane without a probe does not read the clock.</summary>
static class ProbeClock
{
    public static long Now(this IProbe? probe) => probe is null ? 0 : Stopwatch.GetTimestamp();
}

using System.Diagnostics;

namespace Rils.Scheduling;

/// <summary>Reads the clock only where there is a probe.</summary>
static class ProbeClock
{
    public static long Now(this IProbe? probe) => probe is null ? 0 : Stopwatch.GetTimestamp();
}

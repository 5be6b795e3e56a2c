using System.Diagnostics;

namespace Rils.Ecs;

/// <summary>Reads the clock only for somebody who listens.</summary>
static class ProbeClock
{
    public static long Now(this IProbe? probe) => probe is null ? 0 : Stopwatch.GetTimestamp();
}

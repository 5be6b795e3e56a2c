using System.Diagnostics;

namespace Rils.Benchmarks.Yardstick;

/// <summary>The time that an action takes.</summary>
static class Elapsed
{
    /// <summary>Runs the action and returns its time in milliseconds.</summary>
    public static double Ms(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}

using System.Diagnostics;

namespace Rils.Benchmarks.Yardstick;

/// <summary>The time that something takes.</summary>
static class Elapsed
{
    /// <summary>Does it, and returns milliseconds.</summary>
    public static double Ms(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}

namespace Rils.Cli.Rendering;

/// <summary>Thins lines out: at most so many in a whole run, and none too soon after the last.</summary>
/// <param name="time">The clock.</param>
/// <param name="steps">Steps of the whole run.</param>
/// <param name="linesAtOnce">How many lines are printed when one is due.</param>
/// <param name="pause">The least time between two.</param>
sealed class Pacing(TimeProvider time, long steps, int linesAtOnce, TimeSpan pause)
{
    /// <summary>Lines of a whole run; the first and the last step of a seed come on top.</summary>
    const int Budget = 150;

    readonly long interval = Math.Max(1, (steps * linesAtOnce + Budget - 1) / Budget);
    long? lastStep;
    long lastTime;

    /// <summary>Whether to print now; counts it as printed.</summary>
    public bool IsDue(long step, bool always)
    {
        if (!always && lastStep is { } last && (step - last < interval || time.GetElapsedTime(lastTime) < pause)) return false;
        (lastStep, lastTime) = (step, time.GetTimestamp());
        return true;
    }
}

namespace Rils.Cli.Rendering;

/// <summary>Decides when progress is printed, so that a whole run prints a limited number of lines, and none too soon
/// after the last.</summary>
/// <param name="time">The clock.</param>
/// <param name="steps">The number of steps of the whole run.</param>
/// <param name="linesAtOnce">The number of lines that are printed together.</param>
/// <param name="pause">The least time from one print to the next.</param>
sealed class Pacing(TimeProvider time, long steps, int linesAtOnce, TimeSpan pause)
{
    /// <summary>The most lines of a whole run, without those that are always printed, such as at a seed's last
    /// step.</summary>
    const int Budget = 150;

    readonly long interval = Math.Max(1, (steps * linesAtOnce + Budget - 1) / Budget);
    long? lastStep;
    long lastTime;

    /// <summary>Whether the caller should print now. A call that returns true counts as a print.</summary>
    /// <param name="step">The number of steps done of the whole run.</param>
    /// <param name="always">Whether to print at any rate.</param>
    public bool IsDue(long step, bool always)
    {
        if (!always && lastStep is { } last && (step - last < interval || time.GetElapsedTime(lastTime) < pause))
            return false;
        (lastStep, lastTime) = (step, time.GetTimestamp());
        return true;
    }
}

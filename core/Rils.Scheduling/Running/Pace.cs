namespace Rils.Scheduling;

/// <summary>Lets the device lanes run freely up to a step, and stop together at one step when they must stop early.</summary>
sealed class Pace(long firstStep, int lanes, int arms)
{
    readonly Lock gate = new();
    readonly long[] next = [.. Enumerable.Repeat(firstStep, lanes)];
    readonly long start = firstStep;
    long until = firstStep;
    int running = arms;

    /// <summary>Where the furthest lane stands; all of them do between two advances.</summary>
    public long Step
    {
        get
        {
            lock (gate) return next.DefaultIfEmpty(start).Max();
        }
    }

    public void GoOnUntil(long step)
    {
        lock (gate) until = running > 0 ? step : Step;
    }

    /// <summary>Whether a lane begins another tick.</summary>
    public bool Begin(int lane)
    {
        lock (gate)
        {
            if (next[lane] >= until) return false;
            next[lane]++;
            return true;
        }
    }

    /// <summary>No lane goes further than the one that is furthest.</summary>
    public void Stop()
    {
        lock (gate) until = Math.Min(until, Step);
    }

    public void ArmStopped()
    {
        lock (gate)
            if (--running == 0) Stop();
    }
}

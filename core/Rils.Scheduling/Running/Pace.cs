namespace Rils.Scheduling;

/// <summary>Lets the device lanes run freely up to a step. Where they must stop early, all stop at the same
/// step.</summary>
sealed class Pace(long firstStep, int lanes, int arms)
{
    readonly Lock gate = new();
    readonly long[] next = [.. Enumerable.Repeat(firstStep, lanes)];
    readonly long start = firstStep;
    long until = firstStep;
    int running = arms;

    /// <summary>The next step of the furthest lane. Between two advances all lanes stand there.</summary>
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

    /// <summary>Stops all lanes at the step of the furthest lane.</summary>
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

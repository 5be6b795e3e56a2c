namespace Rils.Ecs;

/// <summary>Runs a lane's systems, and names one in whatever it throws, and in what it changes without saying so.</summary>
/// <param name="device">The lane's name; empty for the host lane.</param>
/// <param name="probe">Hears how long things take.</param>
/// <param name="watch">Knows what a change is; without one nothing is compared.</param>
/// <param name="stocks">What is compared beside settings; null for settings alone.</param>
sealed class Guard(string device, IProbe? probe, IWatch? watch, Stocks? stocks)
{
    public void Setup(CompiledSystem system, string? arm)
    {
        try
        {
            watch?.Setup(system.Planned);
            system.Run(-1);
        }
        catch (Exception cause)
        {
            throw new SystemFailedException(system.Name, arm, -1, cause);
        }
    }

    /// <summary>From here on nothing changes but what systems say that they change. The frame is there.</summary>
    public void BeginTick(long step)
    {
        var begun = probe.Now();
        watch?.Remember();
        stocks?.BeginTick();
        Looked(step, begun);
    }

    public void Run(CompiledSystem system, string? arm, long step)
    {
        try
        {
            var begun = probe.Now();
            stocks?.Before(system);
            Looked(step, begun);
            var thrown = Run(system, step);
            begun = probe.Now();
            var change = ChangeBy(system);
            if (change is null && thrown is null) stocks?.After(system);
            Looked(step, begun);
            if (change is not null) throw new UndeclaredChangeException(change, thrown);
            if (thrown is not null) throw new SystemFailedException(system.Name, arm, step, thrown);
        }
        catch (Exception cause) when (cause is not SystemFailedException)
        {
            throw new SystemFailedException(system.Name, arm, step, cause);
        }
    }

    /// <summary>What the system threw.</summary>
    Exception? Run(CompiledSystem system, long step)
    {
        var begun = probe.Now();
        try
        {
            system.Run(step);
        }
        catch (Exception cause)
        {
            return cause;
        }
        probe?.Ran(device, system.Planned, step, begun);
        return null;
    }

    /// <summary>Both are asked: settings are put back, whatever else was changed.</summary>
    string? ChangeBy(CompiledSystem system)
    {
        var (setting, value) = (watch?.PutBack(), stocks?.Change(system));
        return (value ?? setting) is { } change ? $"{watch!.Who(system.Planned, system.Used)} {change}" : null;
    }

    void Looked(long step, long begun)
    {
        if (watch is not null) probe?.Watched(device, step, begun);
    }
}

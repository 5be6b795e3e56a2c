namespace Rils.Scheduling;

/// <summary>Runs a lane's systems. Where a system throws, or changes a value that it does not declare to change, the
/// guard throws an exception that names the system.</summary>
/// <param name="device">The lane's name; empty for the host lane.</param>
/// <param name="probe">Hears how long things take; null for none.</param>
/// <param name="watch">Finds changes; without a watch nothing is compared.</param>
/// <param name="stocks">The values that are compared beside settings; null for settings alone.</param>
sealed class Guard(string device, IProbe? probe, IWatch? watch, Stocks? stocks)
{
    /// <summary>Runs a system of Setup, which may change the values that it reads, but no settings.</summary>
    public void Setup(CompiledSystem system, string? arm)
    {
        try
        {
            watch?.Remember(closely: true);
            watch?.Setup(system.Planned);
            var thrown = Run(system, -1);
            if (ChangeBy(system, null) is { } change) throw new UndeclaredChangeException(change, thrown);
            if (thrown is not null) throw new SystemFailedException(system.Name, arm, -1, Explained(system, thrown));
        }
        catch (Exception cause) when (cause is not SystemFailedException)
        {
            throw new SystemFailedException(system.Name, arm, -1, cause);
        }
    }

    /// <summary>Begins a tick whose frame is there: from here on only values may change that systems declare to
    /// change.</summary>
    /// <param name="step">The step.</param>
    /// <param name="closely">Whether the watch looks at all settings after each system, so that a message can name the
    /// system.</param>
    public void BeginTick(long step, bool closely)
    {
        var begun = probe.Now();
        watch?.Remember(closely);
        stocks?.BeginTick();
        Looked(step, begun);
    }

    /// <summary>Ends an arm's tick, and forgets the values that the arm made.</summary>
    /// <returns>A failure where a system of the arm has changed a setting that all arms share; null where none
    /// has.</returns>
    public SystemFailedException? EndArm(string arm, long step)
    {
        var begun = probe.Now();
        stocks?.EndArm();
        var change = watch?.PutBack(null);
        Looked(step, begun);
        return change is null ? null : new("a system", arm, step,
            new UndeclaredChangeException(
            $"a plugin of the arm {change}. Only in the first step of a run can a message name the system"));
    }

    public void Run(CompiledSystem system, string? arm, long step)
    {
        try
        {
            var begun = probe.Now();
            stocks?.Before(system);
            Looked(step, begun);
            var told = probe.Now();
            var thrown = Run(system, step);
            if (thrown is null) probe?.Ran(device, system.Planned, step, told);
            begun = probe.Now();
            var change = ChangeBy(system, stocks);
            if (change is null && thrown is null) stocks?.After(system);
            Looked(step, begun);
            if (change is not null) throw new UndeclaredChangeException(change, thrown);
            if (thrown is not null) throw new SystemFailedException(system.Name, arm, step, Explained(system, thrown));
        }
        catch (Exception cause) when (cause is not SystemFailedException)
        {
            throw new SystemFailedException(system.Name, arm, step, cause);
        }
    }

    /// <summary>Runs the system and returns the exception that it threw, if any.</summary>
    static Exception? Run(CompiledSystem system, long step)
    {
        try
        {
            system.Run(step);
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    Exception Explained(CompiledSystem system, Exception thrown) =>
        watch?.Explain(system.Planned, system.Used, thrown) ?? thrown;

    /// <summary>Says what a system changed without declaring it. Asks the watch even where a value has changed, since
    /// the watch also puts settings back.</summary>
    string? ChangeBy(CompiledSystem system, Stocks? compared)
    {
        var (setting, value) = (watch?.PutBack(system.Planned), compared?.Change(system));
        return (value ?? setting) is { } change ? $"{watch!.Who(system.Planned, system.Used)} {change}" : null;
    }

    void Looked(long step, long begun)
    {
        if (watch is not null) probe?.Watched(device, step, begun);
    }
}

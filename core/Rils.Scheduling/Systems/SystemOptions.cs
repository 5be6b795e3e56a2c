namespace Rils.Scheduling;

/// <summary>What a system's signature cannot say: its order beside a system that it shares no type with, and when it runs.</summary>
public sealed class SystemOptions
{
    internal List<string> AfterNames { get; } = [];

    internal List<string> BeforeNames { get; } = [];

    internal Func<long, bool>? Condition { get; private set; }

    internal bool IsFallback { get; private set; }

    internal bool IsOnlooker { get; private set; }

    /// <summary>Runs after the named systems of the same stage. An unknown name is a warning: its plugin may be absent.</summary>
    public SystemOptions After(params string[] systems)
    {
        AfterNames.AddRange(systems);
        return this;
    }

    /// <summary>Runs before the named systems of the same stage. An unknown name is a warning: its plugin may be absent.</summary>
    public SystemOptions Before(params string[] systems)
    {
        BeforeNames.AddRange(systems);
        return this;
    }

    /// <summary>Runs in ticks whose step is a multiple of <paramref name="steps"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public SystemOptions Every(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return When(step => step % steps == 0);
    }

    /// <summary>Runs in ticks whose step satisfies <paramref name="step"/>, and every other condition.</summary>
    public SystemOptions When(Func<long, bool> step)
    {
        Condition = Condition is { } earlier ? s => earlier(s) && step(s) : step;
        return this;
    }

    /// <summary>Runs for an arm only where no other system could make what it makes: what holds unless the arm says otherwise.</summary>
    public SystemOptions Fallback()
    {
        IsFallback = true;
        return this;
    }

    /// <summary>Makes nothing run by what it reads: it runs where all of that is made for others anyway, or by other onlookers. Where a system that
    /// is none reads what it makes, it is as any other. Where it fails, its arm goes on without what it makes.</summary>
    public SystemOptions Onlooker()
    {
        IsOnlooker = true;
        return this;
    }
}

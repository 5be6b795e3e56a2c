namespace Rils.Scheduling;

/// <summary>Facts that a system's signature cannot say: the order beside a system with which it shares no type, and
/// where and in which steps the system runs.</summary>
public sealed class SystemOptions
{
    internal List<string> AfterNames { get; } = [];

    internal List<string> BeforeNames { get; } = [];

    internal List<Type> FollowedTypes { get; } = [];

    internal List<Type> RequiredTypes { get; } = [];

    internal List<ComponentCondition> Conditions { get; } = [];

    internal Func<long, bool>? Condition { get; private set; }

    internal bool IsFallback { get; private set; }

    internal bool IsPassive { get; private set; }

    /// <summary>Runs the system after others of the same stage.</summary>
    /// <param name="systems">The others' names. An unknown name is a warning of the plan, since its plugin may be
    /// absent.</param>
    /// <returns>These options.</returns>
    public SystemOptions After(params string[] systems)
    {
        AfterNames.AddRange(systems);
        return this;
    }

    /// <summary>Runs the system before others of the same stage.</summary>
    /// <param name="systems">The others' names. An unknown name is a warning of the plan, since its plugin may be
    /// absent.</param>
    /// <returns>These options.</returns>
    public SystemOptions Before(params string[] systems)
    {
        BeforeNames.AddRange(systems);
        return this;
    }

    /// <summary>Runs the system after every system of the same stage and arm that makes, updates or appends to a type.
    /// The system does not read the type, and no other system runs for its sake. Where no system makes, updates or
    /// appends to the type, the option has no effect. Where several systems update the type and all have this option,
    /// the names in <see cref="After(string[])"/> and <see cref="Before(string[])"/> decide.</summary>
    /// <typeparam name="T">The type; the State that backs it counts too.</typeparam>
    /// <returns>These options.</returns>
    public SystemOptions After<T>()
    {
        FollowedTypes.Add(typeof(T));
        return this;
    }

    /// <summary>Runs the system only where a component, a State or a value of a type exists. The option works as a
    /// parameter <c>in T</c> does, except that the method does not get the value: the system runs after the type's
    /// creator, which runs for this system's sake, and rests in each tick in which the creator rests.</summary>
    /// <typeparam name="T">The type as systems name it.</typeparam>
    /// <returns>These options.</returns>
    public SystemOptions Requires<T>()
    {
        RequiredTypes.Add(typeof(T));
        return this;
    }

    /// <summary>Runs the system only where a component satisfies a condition, and every condition given before. A plan
    /// knows the component, so it prunes the system where the condition is unmet.</summary>
    /// <typeparam name="TOptions">The type of the component: the options of a table of the experiment.</typeparam>
    /// <param name="holds">Gets the component of the arm or item; true where the system runs.</param>
    /// <param name="condition">The condition as a reader of the experiment's file knows it. The plan prints it behind
    /// the table's name: of <c>queue > 0</c> it makes <c>needs [target] with queue > 0</c>.</param>
    /// <returns>These options.</returns>
    public SystemOptions When<TOptions>(Func<TOptions, bool> holds, string condition) where TOptions : notnull
    {
        Conditions.Add(new(typeof(TOptions), component => holds((TOptions)component), condition));
        return this;
    }

    /// <summary>Runs the system only in ticks whose step is a multiple of a number; step 0 counts as a
    /// multiple.</summary>
    /// <param name="steps">The number, in steps; at least 1.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public SystemOptions Every(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return When(step => step % steps == 0);
    }

    /// <summary>Runs the system only in ticks whose step satisfies a condition, and every condition given
    /// before.</summary>
    /// <param name="step">Gets the step's number, from 0; true where the system runs.</param>
    /// <returns>These options.</returns>
    public SystemOptions When(Func<long, bool> step)
    {
        Condition = Condition is { } earlier ? s => earlier(s) && step(s) : step;
        return this;
    }

    /// <summary>Makes the system a default: it runs for an arm only where no other system can make the same
    /// types.</summary>
    /// <returns>These options.</returns>
    public SystemOptions Fallback()
    {
        IsFallback = true;
        return this;
    }

    /// <summary>Makes the system a passive system: no other system runs for its sake. A passive system runs only where
    /// all that it reads is made for other systems anyway, or by other passive systems. A passive system whose values a
    /// usual system reads is planned like any other. Where a passive system fails, its arm goes on without the passive
    /// system's values.</summary>
    /// <returns>These options.</returns>
    public SystemOptions Passive()
    {
        IsPassive = true;
        return this;
    }
}

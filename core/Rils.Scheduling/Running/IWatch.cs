namespace Rils.Scheduling;

/// <summary>Finds out whether a system changed a value that it does not declare to change. The scheduler knows which
/// types each system may change; the watch knows how to compare values. A system that changes anything else fails, its
/// arm stops, and the lane makes the shared values again before the next arm runs.</summary>
/// <remarks>Every lane has a watch of its own, and calls it on one thread at a time. An exception that the watch throws
/// counts as a failure of the system that was looked at.</remarks>
public interface IWatch
{
    /// <summary>Makes an empty stock of remembered values.</summary>
    /// <returns>A new stock.</returns>
    IStock NewStock();

    /// <summary>Called before each system of Setup, on the system's lane.</summary>
    /// <param name="system">The system, with the entity that it runs for.</param>
    void Setup(PlannedSystem system);

    /// <summary>Remembers the present settings of the thread and of the process, which all systems share: called at the
    /// beginning of each tick that the watch sees, and before each system of Setup.</summary>
    /// <param name="closely">True in Setup and in a lane's first tick: the watch then looks at everything after each
    /// system, so that a message can name the system. False in a device lane's later ticks: a look that takes long may
    /// wait for the end of the arm. The host lane's later ticks are not watched.</param>
    void Remember(bool closely);

    /// <summary>Sets the settings back to their remembered values.</summary>
    /// <param name="system">The system that has run; null at the end of an arm's tick.</param>
    /// <returns>The end of a sentence that says the system's deed: <c>leaves gradients switched off</c>. Null where no
    /// setting had changed.</returns>
    string? PutBack(PlannedSystem? system);

    /// <summary>Names the author of a system's deed, for the beginning of a sentence.</summary>
    /// <param name="system">The system.</param>
    /// <param name="used">The values that the system read and updated: a system may call code of the plugins that made
    /// these.</param>
    /// <returns>The beginning of a sentence: <c>plugin Rils.Masking</c>.</returns>
    string Who(PlannedSystem system, IEnumerable<object> used);

    /// <summary>Puts an exception of a system into words for the author of the experiment.</summary>
    /// <param name="system">The system that threw.</param>
    /// <param name="used">The values that the system read and updated.</param>
    /// <param name="thrown">The exception.</param>
    /// <returns>An exception with such words; <paramref name="thrown"/> itself where its own message is
    /// clear.</returns>
    Exception Explain(PlannedSystem system, IEnumerable<object> used, Exception thrown);
}

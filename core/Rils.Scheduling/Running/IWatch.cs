namespace Rils.Scheduling;

/// <summary>Knows what a change is. The scheduler knows what each system may change, and nothing of what values hold; a
/// system that changes anything else fails, its arm stops, and what the arms share is made anew before the next one
/// runs.</summary>
/// <remarks>Every lane has one of its own, and calls it on one thread at a time. An exception of the watch is a failure
/// of the system that was looked at.</remarks>
public interface IWatch
{
    /// <summary>An empty stock.</summary>
    IStock NewStock();

    /// <summary>A system of Setup is about to run.</summary>
    void Setup(PlannedSystem system);

    /// <summary>Remembers what systems have in common beside values, settings of the thread and of the process, as it
    /// is now.</summary>
    /// <param name="closely">Whether everything is looked at after each system, so that it can be named: in a lane's
    /// first tick. In later ones what is dear to look at waits for the end of the arm.</param>
    void Remember(bool closely);

    /// <summary>Brings that back to what was remembered.</summary>
    /// <param name="system">The system that has run; null at the end of an arm's tick.</param>
    /// <returns>What the system did, for a sentence that begins with who did it: <c>leaves gradients switched off</c>;
    /// null where nothing was changed.</returns>
    string? PutBack(PlannedSystem? system);

    /// <summary>Who did what a system did, for the beginning of a sentence: <c>plugin Rils.Masking</c>.</summary>
    /// <param name="system">The system.</param>
    /// <param name="used">What it read and updated: a system may call what others have written.</param>
    string Who(PlannedSystem system, IEnumerable<object> used);

    /// <summary>Tells an exception of a system in words for whoever wrote the experiment.</summary>
    /// <param name="system">The system.</param>
    /// <param name="used">The values that it read and updated.</param>
    /// <param name="thrown">The exception.</param>
    /// <returns>The same exception where its own words will do.</returns>
    Exception Explain(PlannedSystem system, IEnumerable<object> used, Exception thrown);
}

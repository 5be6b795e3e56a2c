namespace Rils.Scheduling;

/// <summary>The systems cannot be put into one order. The message names the systems, the types and the fix, one mistake a line.</summary>
public sealed class ScheduleException(IReadOnlyList<string> mistakes) : Exception(string.Join('\n', mistakes))
{
    /// <summary>One line each.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;
}

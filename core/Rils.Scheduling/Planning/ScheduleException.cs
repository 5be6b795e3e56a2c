namespace Rils.Scheduling;

/// <summary>The systems cannot be put into one order. The message names the systems, the types and the fix, one mistake
/// a line.</summary>
/// <param name="mistakes">The mistakes, a line each; their lines joined are the exception's message.</param>
public sealed class ScheduleException(IReadOnlyList<string> mistakes) : Exception(string.Join('\n', mistakes))
{
    /// <summary>The mistakes, a line each.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;
}

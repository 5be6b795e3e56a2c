using Rils.Cli.Rendering;

namespace Rils.Cli.Hosting;

/// <summary>Tells the user what ended a command.</summary>
/// <param name="terminal">Takes the message.</param>
/// <param name="isVerbose">Whether the stack trace follows.</param>
sealed class FailureReport(Terminal terminal, bool isVerbose)
{
    public bool IsVerbose => isVerbose;

    /// <summary>Takes the trace of a failure that nobody foresaw; null where there is no run folder.</summary>
    public string? ErrorLog { get; set; }

    /// <summary>Prints the message.</summary>
    /// <returns>The exit code.</returns>
    public int Tell(Exception error)
    {
        terminal.Error.WriteLine(Failure.MessageOf(error));
        if (isVerbose)
            terminal.Error.WriteLine(error);
        else if (Failure.IsUnforeseen(error))
            terminal.Error.WriteLine(Log(error) ? $"The stack trace is in {ErrorLog}." : Failure.HowToTrace);
        return Failure.CodeOf(error);
    }

    bool Log(Exception error)
    {
        if (ErrorLog is null) return false;
        try
        {
            File.WriteAllText(ErrorLog, $"{error}\n");
            return true;
        }
        // A full disk may be what went wrong.
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

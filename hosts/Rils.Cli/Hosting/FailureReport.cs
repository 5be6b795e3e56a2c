using Rils.Cli.Rendering;

namespace Rils.Cli.Hosting;

/// <summary>Reports to the user the exception that ended a command.</summary>
/// <param name="terminal">Takes the message.</param>
/// <param name="isVerbose">Whether the stack trace follows the message.</param>
sealed class FailureReport(Terminal terminal, bool isVerbose)
{
    public bool IsVerbose => isVerbose;

    /// <summary>The path of the file that gets the stack trace of an unforeseen failure; null without a run
    /// folder.</summary>
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
        // A full disk may be the cause of the failure.
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

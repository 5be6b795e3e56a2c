namespace Rils.Cli.Exits;

/// <summary>The exit codes of the process.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>An arm or a system failed.</summary>
    public const int Failed = 1;

    /// <summary>The experiment, a plugin or an argument is wrong: nothing was trained.</summary>
    public const int WrongInput = 2;

    /// <summary>A signal stopped the command: Ctrl-C, SIGTERM or SIGHUP.</summary>
    public const int Cancelled = 130;
}

namespace Rils.Cli.Exits;

/// <summary>What the process returns.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>An arm or a system failed.</summary>
    public const int Failed = 1;

    /// <summary>The experiment, a plugin or an argument is wrong: nothing was trained.</summary>
    public const int WrongInput = 2;

    /// <summary>Stopped by a signal: Ctrl-C, SIGTERM or SIGHUP.</summary>
    public const int Cancelled = 130;
}

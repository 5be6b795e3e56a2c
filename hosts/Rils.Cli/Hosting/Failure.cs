using Rils.Cli.Exits;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Cli.Hosting;

/// <summary>Turns an exception into an exit code and a message for the user.</summary>
static class Failure
{
    public const string HowToTrace = "For the stack trace: --verbose.";

    public static int CodeOf(Exception error) => error switch
    {
        ExperimentException or PluginException or ScheduleException or LibtorchException or UsageException =>
            ExitCode.WrongInput,
        SystemFailedException { Step: < 0,
            InnerException: (ExperimentException or ArgumentException or ContractException) and var cause }
            when !Cause.IsSlip(cause) => ExitCode.WrongInput,
        _ => ExitCode.Failed,
    };

    /// <summary>The message for the user, without a stack trace. A mistake in a file has no <c>error:</c> before it, so
    /// that editors find <c>file:line:column</c>.</summary>
    public static string MessageOf(Exception error) => error switch
    {
        ExperimentException => error.Message,
        SystemFailedException { InnerException: ExperimentException mistake } => mistake.Message,
        _ => $"error: {string.Join('\n', Cause.Of(error).Split('\n').Select(line => LongText.Cut(line)))}",
    };

    /// <summary>Whether nobody foresaw the exception, so that the message alone may not be enough.</summary>
    public static bool IsUnforeseen(Exception error) => CodeOf(error) != ExitCode.WrongInput;
}

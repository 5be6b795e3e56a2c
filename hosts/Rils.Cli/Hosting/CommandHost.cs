using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rils.Cli.Exits;
using Rils.Cli.Rendering;

namespace Rils.Cli.Hosting;

/// <summary>Runs a parsed command line: reads the arguments, builds the host, lets the container make the handler, and
/// reports how the work ended.</summary>
static class CommandHost
{
    /// <summary>Runs the handler of a command.</summary>
    /// <typeparam name="THandler">The type of the handler.</typeparam>
    /// <param name="parsed">The command line.</param>
    /// <param name="read">Reads the handler's arguments from the command line.</param>
    /// <returns>The exit code.</returns>
    public static int Run<THandler>(ParseResult parsed, Func<CommandArguments> read)
        where THandler : class, ICommandHandler
    {
        var terminal = Terminal.Of(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var failures = new FailureReport(terminal, parsed.GetValue(CommonOptions.Verbose));
        try
        {
            using var host = RilsHost.Build<THandler>(read(), terminal, failures);
            host.Start();
            return Printed<THandler>(terminal, Handle<THandler>(host.Services, terminal));
        }
        catch (Exception error)
        {
            return failures.Tell(error);
        }
    }

    /// <summary>Does the work. Only this method turns a cancellation into an exit code.</summary>
    static int Handle<THandler>(IServiceProvider services, Terminal terminal) where THandler : class, ICommandHandler
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            return THandler.FinishesStep ? Work() : Apart(Work, stopping);
        }
        catch (OperationCanceledException stopped) when (stopping.IsCancellationRequested)
        {
            terminal.Error.WriteLine(stopped is StoppedException ? stopped.Message : "stopped by a signal");
            if (!THandler.FinishesStep) ProcessEnd.Now(ExitCode.Cancelled);
            return ExitCode.Cancelled;
        }

        int Work() => services.GetRequiredService<THandler>().Run(stopping);
    }

    /// <summary>Does the work on another thread, and waits until the work ends or a signal comes: native code sees no
    /// cancellation.</summary>
    static int Apart(Func<int> work, CancellationToken stopping) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(stopping).GetAwaiter().GetResult();

    /// <summary>Reports where standard output could not be written. The command then fails, unless the result is
    /// files.</summary>
    static int Printed<THandler>(Terminal terminal, int code) where THandler : class, ICommandHandler
    {
        if (terminal.Lost is not { } lost) return code;
        terminal.Error.WriteLine(THandler.WritesFiles
            ? $"warning: standard output could not be written ({lost}): "
                + "nothing more was printed, and the command went on"
            : $"error: standard output could not be written ({lost})");
        return THandler.WritesFiles || code != ExitCode.Done ? code : ExitCode.Failed;
    }
}

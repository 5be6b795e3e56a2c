using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rils.Cli.Exits;
using Rils.Cli.Rendering;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;

namespace Rils.Cli.Hosting;

/// <summary>A command at work: its host's services, where it prints, and how its failures are told.</summary>
sealed class Session
{
    readonly IServiceProvider services;
    readonly bool verbose;

    Session(IServiceProvider services, Terminal terminal, bool verbose) =>
        (this.services, Terminal, this.verbose) = (services, terminal, verbose);

    public Terminal Terminal { get; }

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Stopping => services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    public ILoggerFactory Loggers => services.GetRequiredService<ILoggerFactory>();

    public PluginSet Plugins => services.GetRequiredService<PluginSet>();

    /// <summary>Takes the trace of a failure that nobody foresaw; null where there is no run folder.</summary>
    public string? ErrorLog { get; set; }

    /// <summary>Runs a command's body in a host of its own.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="plugins">Further folders of plugins.</param>
    /// <param name="body">Returns the exit code.</param>
    /// <param name="writesFiles">Whether what it prints is not its result: then it may be lost.</param>
    public static int Run(ParseResult parsed, IReadOnlyList<string> plugins, Func<Session, int> body,
        bool writesFiles = false)
    {
        var terminal = Terminal.Of(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var verbose = parsed.GetValue(CommonOptions.Verbose);
        using var host = RilsHost.Build([PluginLocations.Default, .. plugins], terminal, verbose);
        host.Start();
        var session = new Session(host.Services, terminal, verbose);
        try
        {
            return session.Printed(body(session), writesFiles);
        }
        catch (Exception error)
        {
            session.Tell(error);
            return Failure.CodeOf(error);
        }
        finally
        {
            host.StopAsync().GetAwaiter().GetResult();
        }
    }

    /// <summary>Loads libtorch and plugins, then the experiment; of a file with <c>[sweep]</c> the first of its runs, and says so.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="sets">What <c>--set</c> says.</param>
    /// <param name="libtorch">What <c>--libtorch</c> says; null without it.</param>
    public Experiment Load(string file, IReadOnlyList<string> sets, string? libtorch = null)
    {
        if (LoadSweep(file, sets, libtorch) is not { } sweep) return LoadOne(file, sets);
        Terminal.Error.WriteLine(SweepLines.First(sweep));
        return LoadOne(sweep.Runs[0].Tree);
    }

    /// <summary>Loads libtorch and plugins, then what the <c>[sweep]</c> of a file makes; null where it has none.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="sets">What <c>--set</c> says.</param>
    /// <param name="libtorch">What <c>--libtorch</c> says; null without it.</param>
    /// <param name="device">What <c>--device</c> says: its memory decides how arms are divided.</param>
    public Sweep? LoadSweep(string file, IReadOnlyList<string> sets, string? libtorch = null, string device = "cpu")
    {
        LoadLibtorch(libtorch);
        return Swept = services.GetRequiredService<SweepLoader>().Load(file, sets, device == "cuda" ? "cuda:0" : device);
    }

    /// <summary>What the experiment that was loaded is the first run of; null for one by itself.</summary>
    public Sweep? Swept { get; private set; }

    /// <summary>Goes before the plugins: whatever of them touches TorchSharp first would make it look for its libraries by itself.</summary>
    public void LoadLibtorch(string? libtorch)
    {
        NativeTorch.Load(libtorch);
        foreach (var warning in NativeTorch.Warnings) Terminal.Error.WriteLine($"warning: {warning}");
    }

    /// <summary>An experiment without <c>[sweep]</c>.</summary>
    public Experiment LoadOne(string file, IReadOnlyList<string> sets) => services.GetRequiredService<ExperimentLoader>().Load(file, sets);

    /// <summary>An experiment that is not written yet, without warnings: they are told when it is run.</summary>
    /// <param name="tree">One of the runs of a sweep.</param>
    /// <param name="file">The file that it will be.</param>
    public Experiment LoadRun(ExperimentTree tree, string file) =>
        services.GetRequiredService<SweepLoader>().LoadRun(tree, file);

    /// <summary>A run that a sweep's folder has, without warnings: they are told when it is run.</summary>
    public Experiment LoadRun(string file, IReadOnlyList<string> sets) => services.GetRequiredService<SweepLoader>().LoadRun(file, sets);

    /// <summary>One of the runs of a sweep.</summary>
    public Experiment LoadOne(ExperimentTree tree) => services.GetRequiredService<ExperimentLoader>().Load(tree);

    /// <summary>Says so where standard output could not be written, and gives the exit code that it leaves.</summary>
    int Printed(int code, bool writesFiles)
    {
        if (Terminal.Lost is not { } lost) return code;
        Terminal.Error.WriteLine(writesFiles
            ? $"warning: standard output could not be written ({lost}): nothing more was printed, and the command went on"
            : $"error: standard output could not be written ({lost})");
        return writesFiles || code != ExitCode.Done ? code : ExitCode.Failed;
    }

    void Tell(Exception error)
    {
        Terminal.Error.WriteLine(Failure.MessageOf(error));
        if (verbose)
            Terminal.Error.WriteLine(error);
        else if (Failure.IsUnforeseen(error))
            Terminal.Error.WriteLine(Log(error) ? $"The stack trace is in {ErrorLog}." : Failure.HowToTrace);
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

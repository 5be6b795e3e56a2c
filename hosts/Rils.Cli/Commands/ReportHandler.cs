using Microsoft.Extensions.DependencyInjection;
using Rils.Analysis.Report;
using Rils.Analysis.Report.Sources;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Files;
using Rils.Runs;
using Rils.Runs.Sweeps;
using Rils.Scheduling;

namespace Rils.Cli.Commands;

/// <param name="Folder">Of a finished run, or of a sweep.</param>
/// <param name="File">Gets the report: a full path.</param>
sealed record ReportArguments(string Folder, string File) : CommandArguments;

/// <summary>Reads a finished run and writes its report.</summary>
/// <param name="arguments">What the command line says.</param>
/// <param name="planning">Plans the run's experiment again. It comes late, since a report can do without.</param>
/// <param name="terminal">Takes the file's path.</param>
sealed class ReportHandler(ReportArguments arguments, Lazy<ReportHandler.Planning> planning, Terminal terminal)
    : ICommandHandler
{
    public static bool WritesFiles => true;

    public static void AddTo(IServiceCollection services) => services.AddSingleton<Planning>()
        .AddSingleton(provider => new Lazy<Planning>(provider.GetRequiredService<Planning>));

    public int Run(CancellationToken stopping)
    {
        try
        {
            Write(SweepFolder.Is(arguments.Folder) ? RunReport.OfSweep(arguments.Folder, ScheduleOf)
                : Of(FinishedRun.Read(arguments.Folder)));
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(unusable.Message);
        }
        terminal.Output.WriteLine(arguments.File);
        return ExitCode.Done;
    }

    string Of(FinishedRun run) => RunReport.Of(run, ScheduleOf(run));

    /// <summary>Whole or not at all, whenever a signal comes; into a pipe or a device as it goes.</summary>
    void Write(string html)
    {
        if (RegularFile.Other(arguments.File) is null) DurableFile.WriteText(arguments.File, html);
        else File.WriteAllText(arguments.File, html);
    }

    /// <summary>Plans the run's experiment again. A run may be read elsewhere than it ran, without its data or plugins:
    /// the rest of the report needs neither.</summary>
    Schedule ScheduleOf(FinishedRun run)
    {
        try
        {
            var file = Path.Combine(run.Folder, RunFolder.ExperimentFile);
            using var experiment = planning.Value.Experiments.Load(file, []);
            var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, run.Manifest.Device));
            return new(plan, Notes(planning.Value.Plugins, run), experiment.Registry.TableOf);
        }
        catch (Exception unplanned) when (unplanned is ExperimentException or PluginException or ScheduleException
            or LibtorchException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new(null, ["The schedule is not drawn, since the experiment cannot be planned here: "
                + unplanned.Message]);
        }
    }

    static IReadOnlyList<string> Notes(PluginSet plugins, FinishedRun run)
    {
        var here = plugins.Plugins.ToLookup(plugin => (plugin.Name, plugin.Sha256));
        string[] others = [.. run.Manifest.Plugins.Where(plugin => !here.Contains((plugin.Name, plugin.Sha256)))
            .Select(plugin => plugin.Name)];
        return others.Length == 0 ? []
            : [$"Planned by other builds of plugins than the run's: {string.Join(", ", others)}."];
    }

    /// <summary>What it takes to plan an experiment.</summary>
    internal sealed record Planning(SingleExperiment Experiments, PluginSet Plugins);
}

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

/// <param name="Folders">The folders of finished runs and sweeps.</param>
/// <param name="File">The full path of the report.</param>
sealed record ReportArguments(IReadOnlyList<string> Folders, string File) : CommandArguments;

/// <summary>Reads finished runs and writes their report.</summary>
/// <param name="arguments">The runs and the file.</param>
/// <param name="planning">The services that plan a run's experiment again. They are made only when they are needed,
/// since their failure must not cost the report.</param>
/// <param name="terminal">Takes the path of the file.</param>
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
            Write(arguments.Folders is [var only] && !SweepFolder.Is(only) ? Of(FinishedRun.Read(only))
                : RunReport.OfJoined(arguments.Folders, ScheduleOf));
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(unusable.Message);
        }
        terminal.Output.WriteLine(arguments.File);
        return ExitCode.Done;
    }

    string Of(FinishedRun run) => RunReport.Of(run, ScheduleOf(run));

    /// <summary>Writes the report. A regular file gets all of it or nothing, whenever a signal comes; a pipe or a
    /// device gets the text directly.</summary>
    void Write(string html)
    {
        if (RegularFile.Other(arguments.File) is null) DurableFile.WriteText(arguments.File, html);
        else File.WriteAllText(arguments.File, html);
    }

    /// <summary>Plans the run's experiment again. Where that fails, a note takes the place of the schedule: the run's
    /// data and plugins may be on another machine, and the rest of the report needs neither.</summary>
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
            : [$"The schedule is planned with other builds of plugins than the run was: {string.Join(", ", others)}."];
    }

    /// <summary>The services that plan an experiment.</summary>
    internal sealed record Planning(SingleExperiment Experiments, PluginSet Plugins);
}

using System.CommandLine;
using Rils.Analysis.Report;
using Rils.Analysis.Report.Sources;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Runs.Sweeps;
using Rils.Scheduling;

namespace Rils.Cli.Commands;

/// <summary><c>rils report</c>: a run as one HTML file.</summary>
sealed class ReportCommand : Command, IHasExamples
{
    readonly Argument<string> folder =
        new Argument<string>("DIR") { Description = "The folder of a finished run, or of a sweep." }.OfPath();
    readonly Option<string?> output = new Option<string?>("--out")
    {
        HelpName = "FILE",
        Description = $"The file to write; an earlier one is replaced. [default: DIR/{RunReport.Name}]",
    }.OfPath();
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    public ReportCommand() : base("report", "Writes a finished run as one HTML file that opens offline: figures, comparison, curves, schedule, experiment, versions. docs/report.md")
    {
        Arguments.Add(folder);
        Options.Add(output);
        Options.Add(plugins);
        SetAction(parsed =>
            Session.Run(parsed, new BegunPlugins(parsed.GetValue(folder), parsed.GetValue(plugins)!).Roots,
            session => Write(session, parsed), writesFiles: true));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils report runs/quickstart-20260101-120000",
        "rils report runs/a --out a.html",
    ];

    int Write(Session session, ParseResult parsed)
    {
        try
        {
            var path = parsed.GetValue(folder)!;
            var html = SweepFolder.Is(path) ? RunReport.OfSweep(path, run => ScheduleOf(session, run)) : Of(session, FinishedRun.Read(path));
            var file = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine(path, RunReport.Name));
            File.WriteAllText(file, html);
            session.Terminal.Output.WriteLine(file);
            return ExitCode.Done;
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(unusable.Message);
        }
    }

    static string Of(Session session, FinishedRun run) => RunReport.Of(run, ScheduleOf(session, run));

    /// <summary>Plans the run's experiment again. It may be read elsewhere than it ran, without its data or plugins: the rest of the report needs neither.</summary>
    static Schedule ScheduleOf(Session session, FinishedRun run)
    {
        try
        {
            using var experiment = session.Load(Path.Combine(run.Folder, RunFolder.ExperimentFile), []);
            var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, run.Manifest.Device));
            return new(plan, Notes(session.Plugins, run), experiment.Registry.TableOf);
        }
        catch (Exception unplanned) when (unplanned is ExperimentException or PluginException or ScheduleException or LibtorchException
            or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new(null, [$"The schedule is not drawn, since the experiment cannot be planned here: {unplanned.Message}"]);
        }
    }

    static IReadOnlyList<string> Notes(PluginSet plugins, FinishedRun run)
    {
        var here = plugins.Plugins.ToLookup(plugin => (plugin.Name, plugin.Sha256));
        string[] others = [.. run.Manifest.Plugins.Where(plugin => !here.Contains((plugin.Name, plugin.Sha256))).Select(plugin => plugin.Name)];
        return others.Length == 0 ? [] : [$"Planned by other builds of plugins than the run's: {string.Join(", ", others)}."];
    }
}

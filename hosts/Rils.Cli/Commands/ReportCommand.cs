using System.CommandLine;
using Rils.Analysis.Report;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils report</c>: writes a run as one HTML file.</summary>
sealed class ReportCommand : Command, IHasExamples
{
    readonly Argument<string> folder =
        new Argument<string>("DIR") { Description = "The folder of a finished run, or of a sweep." }.OfPath();
    readonly Option<string?> output = new Option<string?>("--out")
    {
        HelpName = "FILE",
        Description = $"The file to write; rils replaces an existing file. [default: DIR/{RunReport.Name}]",
    }.OfPath();
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    public ReportCommand() : base("report",
        "Writes a finished run as one HTML file that opens offline: figures, comparison, curves, schedule, experiment, "
        + "versions. See docs/report.md.")
    {
        Arguments.Add(folder);
        Options.Add(output);
        Options.Add(plugins);
        SetAction(parsed => CommandHost.Run<ReportHandler>(parsed, () =>
        {
            var run = parsed.GetValue(folder)!;
            var file = parsed.GetValue(output) is { } given ? OutputFile.Of("--out", given)
                : Path.GetFullPath(Path.Combine(run, RunReport.Name));
            return new ReportArguments(run, file)
            {
                Plugins = new BegunPlugins(run, parsed.GetValue(plugins)!).Roots,
            };
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils report runs/quickstart-20260101-120000",
        "rils report runs/a --out a.html",
    ];
}

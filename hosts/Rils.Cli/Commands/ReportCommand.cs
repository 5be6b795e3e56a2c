using System.CommandLine;
using Rils.Analysis.Report;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils report</c>: writes runs as one HTML file.</summary>
sealed class ReportCommand : Command, IHasExamples
{
    readonly Argument<string[]> folders = new Argument<string[]>("DIR")
    {
        Description = "Folders of finished runs or sweeps. The page of several shows all arms side by side: all must "
            + "have the same seeds, data, heads and precision, as for rils compare.",
        Arity = ArgumentArity.OneOrMore,
    }.OfPaths();
    readonly Option<string?> output = new Option<string?>("--out")
    {
        HelpName = "FILE",
        Description = "The file to write; rils replaces an existing file. "
            + $"[default: DIR/{RunReport.Name}; of several folders {RunReport.Name} in the current one]",
    }.OfPath();
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    public ReportCommand() : base("report",
        "Writes finished runs as one HTML file that opens offline: figures, comparison, curves, schedule, experiment, "
        + "versions. See docs/report.md.")
    {
        Arguments.Add(folders);
        Options.Add(output);
        Options.Add(plugins);
        SetAction(parsed => CommandHost.Run<ReportHandler>(parsed, () =>
        {
            var given = parsed.GetValue(folders)!;
            var file = parsed.GetValue(output) is { } named ? OutputFile.Of("--out", named)
                : Path.GetFullPath(Path.Combine(given is [var only] ? only : "", RunReport.Name));
            return new ReportArguments(given, file)
            {
                Plugins = new BegunPlugins(given, parsed.GetValue(plugins)!).Roots,
            };
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils report runs/quickstart-20260101-120000",
        "rils report runs/a --out a.html",
        "rils report runs/a runs/b runs/c-sweep --out all.html",
    ];
}

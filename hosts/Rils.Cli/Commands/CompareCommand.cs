using System.CommandLine;
using Rils.Analysis;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils compare</c>: compares arms: how large the differences are, and how certain.</summary>
sealed class CompareCommand : Command, IHasExamples
{
    readonly Argument<string[]> folders = new Argument<string[]>("DIR")
    {
        Description = "Folders of runs or sweeps. Arms of several folders are compared with each other: "
            + "all must have the same seeds, data, heads and precision.",
        Arity = ArgumentArity.OneOrMore,
    }.OfPaths();
    readonly Option<string?> baseline = new("--baseline")
    {
        HelpName = "ARM",
        Description = "The arm with which the others are compared. [default: the last arm of the first folder]",
    };
    readonly Option<string[]> arms = new("--arm")
    {
        HelpName = "ARM",
        Description = "Compares only the arms that are named so: an arm, or an arm of a sweep's file with all that the "
            + "sweep made of it. The baseline is the last of them in the order of the file, or --baseline.",
        DefaultValueFactory = _ => [],
    };
    readonly Option<string[]> heads = Filter("--head", "HEAD"), metrics = Filter("--metric", "METRIC");
    readonly Option<string> format = new("--format")
    {
        HelpName = "text|markdown|csv|json|latex|html",
        Description = "csv and json hold every number with all its digits.",
        DefaultValueFactory = _ => "text",
    };

    public CompareCommand() : base("compare",
        "Compares the arms of finished runs: paired differences with intervals, in three tables: on other seeds, on "
        + "other samples, and on both. With fewer than three seeds, rils concludes nothing over seeds. "
        + "docs/comparison.md explains every column.")
    {
        Arguments.Add(folders);
        Options.Add(baseline);
        Options.Add(format.AcceptOnlyFromAmong("text", "markdown", "csv", "json", "latex", "html"));
        Options.Add(arms);
        Options.Add(heads);
        Options.Add(metrics);
        SetAction(parsed => CommandHost.Run<CompareHandler>(parsed, () =>
        {
            var options = new CompareOptions
            {
                Baseline = parsed.GetValue(baseline), Arms = parsed.GetValue(arms)!, Heads = parsed.GetValue(heads)!,
                Metrics = parsed.GetValue(metrics)!,
            };
            return new CompareArguments(parsed.GetValue(folders)!, options, parsed.GetValue(format)!);
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils compare runs/quickstart-20260101-120000",
        "rils compare runs/a runs/b --baseline clip --metric image_to_text_r10",
        "rils compare runs/a --arm rils --arm mae --arm clip",
        "rils compare runs/a --format csv > a.csv",
    ];

    static Option<string[]> Filter(string name, string what) => new(name)
    {
        HelpName = what,
        Description = "Shows only the results of this name; may be given several times.",
        DefaultValueFactory = _ => [],
    };
}

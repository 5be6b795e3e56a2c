using System.CommandLine;
using Rils.Analysis;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils compare</c>: what the difference between arms is, and how sure that is.</summary>
sealed class CompareCommand : Command, IHasExamples
{
    readonly Argument<string[]> folders = new Argument<string[]>("DIR")
    {
        Description = "Run folders, or those of sweeps. Arms of several are joined: they must have the same seeds, data, heads and precision.",
        Arity = ArgumentArity.OneOrMore,
    }.OfPaths();
    readonly Option<string?> baseline = new("--baseline")
    {
        HelpName = "ARM",
        Description = "The arm that the others are compared with. [default: the last arm of the first folder]",
    };
    readonly Option<string[]> heads = Filter("--head", "HEAD"), metrics = Filter("--metric", "METRIC");
    readonly Option<string> format = new("--format")
    {
        HelpName = "text|markdown|csv|json|html",
        Description = "csv and json hold every number with all its digits.",
        DefaultValueFactory = _ => "text",
    };

    public CompareCommand() : base("compare", "Compares the arms of finished runs: paired differences with intervals and tests, over seeds and, apart from "
        + "that, over samples. With fewer than five seeds nothing is concluded over seeds. docs/comparison.md says what each column means.")
    {
        Arguments.Add(folders);
        Options.Add(baseline);
        Options.Add(format.AcceptOnlyFromAmong("text", "markdown", "csv", "json", "html"));
        Options.Add(heads);
        Options.Add(metrics);
        SetAction(parsed => CommandHost.Run<CompareHandler>(parsed, () =>
        {
            var options = new CompareOptions
            {
                Baseline = parsed.GetValue(baseline), Heads = parsed.GetValue(heads)!,
                Metrics = parsed.GetValue(metrics)!,
            };
            return new CompareArguments(parsed.GetValue(folders)!, options, parsed.GetValue(format)!);
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils compare runs/quickstart-20260101-120000",
        "rils compare runs/a runs/b --baseline clip --metric image_to_text_r10",
        "rils compare runs/a --format csv > a.csv",
    ];

    static Option<string[]> Filter(string name, string what) => new(name)
    {
        HelpName = what,
        Description = "Shows only this one; may be given several times.",
        DefaultValueFactory = _ => [],
    };
}

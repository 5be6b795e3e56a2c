using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils plan</c>: prints the systems that would run, in their order, and those that are pruned, with the
/// reason.</summary>
sealed class PlanCommand : Command, IHasExamples
{
    readonly Argument<string> file = CommonOptions.File();
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<string?> libtorch = CommonOptions.Libtorch();
    readonly Option<string> format = new("--format")
    {
        HelpName = "text|mermaid",
        Description = "Text, or a Mermaid flowchart.",
        DefaultValueFactory = _ => "text",
    };

    readonly Option<bool> power = new("--power")
    {
        Description = "Prints, in place of the schedule, the smallest difference between two arms that the file's "
            + "seeds find with 80%. docs/comparison.md explains it.",
    };
    readonly Option<string?> from = new Option<string?>("--from")
    {
        HelpName = "RUN",
        Description = "With --power: a finished run or sweep of three seeds or more, whose spread over seeds gives the "
            + "difference in each metric's units, and how many seeds a difference needs.",
    }.OfPath();

    public PlanCommand() : base("plan",
        "Prints the schedule of an experiment: the systems that run for each arm, and those that do not. "
        + "Computes nothing on a device. With --power, says how small a difference its seeds can show.")
    {
        Arguments.Add(file);
        Options.Add(format.AcceptOnlyFromAmong("text", "mermaid"));
        Options.Add(power);
        Options.Add(from);
        Options.Add(set);
        Options.Add(libtorch);
        Options.Add(plugins);
        Validators.Add(result =>
        {
            var isPower = result.GetValue(power);
            if (!isPower && result.GetResult(from) is not null)
                result.AddError("--from is for --power: rils plan FILE --power --from RUN");
            if (isPower && result.GetResult(format) is { Implicit: false })
                result.AddError("--format is for the schedule, which --power does not print: leave one of them out");
        });
        SetAction(parsed => parsed.GetValue(power)
            ? CommandHost.Run<PowerHandler>(parsed, () => With(parsed,
                new PowerArguments(parsed.GetValue(file)!, parsed.GetValue(set)!, parsed.GetValue(from))))
            : CommandHost.Run<PlanHandler>(parsed, () => With(parsed, new PlanArguments(
                parsed.GetValue(file)!, parsed.GetValue(set)!, parsed.GetValue(format) == "mermaid"))));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils plan experiments/quickstart.toml",
        "rils plan experiments/quickstart.toml --format mermaid > plan.mmd",
        "rils plan experiments/quickstart.toml --power --set seeds=[0,1,2]",
        "rils plan experiments/quickstart.toml --power --set seeds=[0,1,2,3,4] --from runs/pilot",
    ];

    CommandArguments With(ParseResult parsed, CommandArguments arguments) => arguments with
    {
        Plugins = parsed.GetValue(plugins)!, Libtorch = parsed.GetValue(libtorch),
    };
}

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

    public PlanCommand() : base("plan",
        "Prints the schedule of an experiment: the systems that run for each arm, and those that do not. "
        + "Computes nothing on a device.")
    {
        Arguments.Add(file);
        Options.Add(format.AcceptOnlyFromAmong("text", "mermaid"));
        Options.Add(set);
        Options.Add(libtorch);
        Options.Add(plugins);
        SetAction(parsed => CommandHost.Run<PlanHandler>(parsed, () =>
            new PlanArguments(parsed.GetValue(file)!, parsed.GetValue(set)!, parsed.GetValue(format) == "mermaid")
            {
                Plugins = parsed.GetValue(plugins)!, Libtorch = parsed.GetValue(libtorch),
            }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils plan experiments/quickstart.toml",
        "rils plan experiments/quickstart.toml --format mermaid > plan.mmd",
    ];
}

using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Scheduling;

namespace Rils.Cli.Commands;

/// <summary><c>rils plan</c>: what would run, in which order, and what was pruned and why.</summary>
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
        "Prints the schedule of an experiment: what runs for each arm, and what does not. Computes nothing on a device.")
    {
        Arguments.Add(file);
        Options.Add(format.AcceptOnlyFromAmong("text", "mermaid"));
        Options.Add(set);
        Options.Add(libtorch);
        Options.Add(plugins);
        SetAction(parsed => Session.Run(parsed, parsed.GetValue(plugins)!, session => Print(session, parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils plan experiments/quickstart.toml",
        "rils plan experiments/quickstart.toml --format mermaid > plan.mmd",
    ];

    int Print(Session session, ParseResult parsed)
    {
        using var experiment = session.Load(parsed.GetValue(file)!, parsed.GetValue(set)!, parsed.GetValue(libtorch));
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        if (experiment.Phases.Count > 1 && parsed.GetValue(format) == "text")
            session.Terminal.Output.WriteLine($"phases: {ArmLines.Phases(experiment)}\n");
        session.Terminal.Output.Write(parsed.GetValue(format) == "mermaid" ? PlanMermaid.Write(plan) : PlanText.Write(plan, experiment.Registry.TableOf));
        return ExitCode.Done;
    }
}

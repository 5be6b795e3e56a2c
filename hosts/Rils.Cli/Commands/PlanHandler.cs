using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Scheduling;

namespace Rils.Cli.Commands;

/// <param name="File">The path of the experiment's file.</param>
/// <param name="Sets">The overrides of <c>--set</c>.</param>
/// <param name="IsChart">Whether to print a Mermaid flowchart instead of text.</param>
sealed record PlanArguments(string File, IReadOnlyList<string> Sets, bool IsChart) : CommandArguments;

/// <summary>Loads the experiment and prints its schedule.</summary>
sealed class PlanHandler(PlanArguments arguments, SingleExperiment single, Terminal terminal) : ICommandHandler
{
    public int Run(CancellationToken stopping)
    {
        using var experiment = single.Load(arguments.File, arguments.Sets);
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        if (experiment.Phases.Count > 1 && !arguments.IsChart)
            terminal.Output.WriteLine($"phases: {ArmLines.Phases(experiment)}\n");
        terminal.Output.Write(
            arguments.IsChart ? PlanMermaid.Write(plan) : PlanText.Write(plan, experiment.Registry.TableOf));
        return ExitCode.Done;
    }
}

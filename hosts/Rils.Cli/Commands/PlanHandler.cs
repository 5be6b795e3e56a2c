using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Scheduling;

namespace Rils.Cli.Commands;

/// <param name="File">The experiment.</param>
/// <param name="Sets">What <c>--set</c> says.</param>
/// <param name="IsChart">Whether a Mermaid flowchart is asked for, in place of text.</param>
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

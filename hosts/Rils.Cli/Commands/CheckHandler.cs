using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Execution;

namespace Rils.Cli.Commands;

/// <param name="File">The path of the experiment's file.</param>
/// <param name="Sets">The overrides of <c>--set</c>.</param>
sealed record CheckArguments(string File, IReadOnlyList<string> Sets) : CommandArguments;

/// <summary>Loads the experiment, makes the modules of every arm, and prints the size of each arm.</summary>
sealed class CheckHandler(CheckArguments arguments, SingleExperiment single, Terminal terminal) : ICommandHandler
{
    public int Run(CancellationToken stopping)
    {
        using var experiment = single.Load(arguments.File, arguments.Sets, out var sweep);
        experiment.RequireDevices();
        var costs = ArmCost.Of(experiment);
        terminal.Write(CostTables.Of(experiment, costs, terminal.IsPlain));
        terminal.Write(CostTables.Passes(costs, terminal.IsPlain));
        foreach (var line in CostTables.Uncounted(costs)) terminal.Output.WriteLine(line);
        foreach (var line in ArmLines.Of(experiment)) terminal.Output.WriteLine(line);
        foreach (var cost in costs.Where(cost => cost.Taken is not null))
            foreach (var line in RunLines.Taken(cost.Arm, cost.Taken!.Summary())) terminal.Output.WriteLine(line);
        foreach (var line in ExperimentLines.Of(experiment).Concat(SweepLines.Of(sweep)))
            terminal.Output.WriteLine(line);
        return ExitCode.Done;
    }
}

using Rils.Engine.Loading;
using Rils.Engine.Runs;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>What each arm costs.</summary>
static class CostTable
{
    public static Table Of(Experiment experiment, IReadOnlyList<ArmCost> costs, bool isPlain)
    {
        var samples = (double)experiment.Context.Steps * experiment.Context.BatchSize;
        var table = Tables.New(isPlain,
            "arm", "parameters", "forward FLOP/sample", "forward+backward FLOP/sample", "whole run FLOP", "forward passes");
        foreach (var cost in experiment.Arms.Select(arm => costs.First(cost => cost.Arm == arm)))
        {
            var passes = cost.Passes.Select(pass => $"{pass.Key} {Numbers.Short(pass.Value)}");
            table.Add(cost.Arm, Numbers.Short(cost.Parameters), Numbers.Short(cost.Forward), Numbers.Short(cost.Training),
                Numbers.Short(cost.Training * samples), string.Join(", ", passes));
        }
        return table;
    }
}

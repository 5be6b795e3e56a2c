using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Writes the cost of each arm in two tables, since one would be wider than most terminals.</summary>
static class CostTables
{
    public static Table Of(Experiment experiment, IReadOnlyList<ArmCost> costs, bool isPlain)
    {
        var samples = (double)experiment.Context.Steps * experiment.Context.BatchSize;
        var table = Tables.New(isPlain,
            "arm", "parameters", "memory", "forward FLOP/sample", "forward+backward FLOP/sample", "whole run FLOP");
        foreach (var cost in costs)
            table.Add(cost.Arm, Numbers.Short(cost.Parameters), $"{Numbers.Short(cost.Bytes)}B",
                Numbers.Short(cost.Forward), Numbers.Short(cost.Training), Numbers.Short(cost.Training * samples));
        return table;
    }

    /// <summary>Makes a table of the forward FLOP of one sample, with a column for each pass that some arm
    /// makes.</summary>
    public static Table Passes(IReadOnlyList<ArmCost> costs, bool isPlain)
    {
        string[] passes = [.. costs.OrderByDescending(arm => arm.Passes.Count + Missing(arm).Count())
            .SelectMany(arm => arm.Passes.Select(pass => pass.Key).Concat(Missing(arm))).Distinct()];
        var table = Tables.New(isPlain, ["forward FLOP/sample", .. passes]);
        foreach (var arm in costs)
            table.Add([arm.Arm, .. passes.Select(pass =>
                arm.Passes.Where(made => made.Key == pass).Select(made => Numbers.Short(made.Value))
                .FirstOrDefault(Missing(arm).Contains(pass) ? "?" : ""))]);
        return table;
    }

    /// <summary>Names the passes and modules whose cost the tables lack.</summary>
    public static IEnumerable<string> Uncounted(IReadOnlyList<ArmCost> costs) => costs.SelectMany(Uncounted);

    static IEnumerable<string> Uncounted(ArmCost arm)
    {
        if (arm.Uncounted.Count > 0)
            yield return $"arm {arm.Arm}: the cost of {string.Join(" and ", arm.Uncounted)} is not counted: a plugin's "
                + "own system makes its masks, and no [masking] tells how many patches stay visible";
        if (arm.Untold.Count > 0)
            yield return $"arm {arm.Arm}: the cost of {string.Join(" and ", arm.Untold)} is not counted: its plugin "
                + "does not tell it by ICountsFlops";
    }

    static IEnumerable<string> Missing(ArmCost arm) => arm.Uncounted.Concat(arm.Untold);
}

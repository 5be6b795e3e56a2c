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
            "arm", "parameters", "forward FLOP/sample", "forward+backward FLOP/sample", "whole run FLOP");
        foreach (var cost in costs)
            table.Add(cost.Arm, Numbers.Short(cost.Parameters), Numbers.Short(cost.Forward),
                Numbers.Short(cost.Training), Numbers.Short(cost.Training * samples));
        return table;
    }

    /// <summary>Makes a table of the forward FLOP of one sample, with a column for each pass that some arm
    /// makes.</summary>
    public static Table Passes(IReadOnlyList<ArmCost> costs, bool isPlain)
    {
        string[] passes = [.. costs.OrderByDescending(arm => arm.Passes.Count + arm.Uncounted.Count)
            .SelectMany(arm => arm.Passes.Select(pass => pass.Key).Concat(arm.Uncounted)).Distinct()];
        var table = Tables.New(isPlain, ["forward FLOP/sample", .. passes]);
        foreach (var arm in costs)
            table.Add([arm.Arm, .. passes.Select(pass =>
                arm.Passes.Where(made => made.Key == pass).Select(made => Numbers.Short(made.Value))
                .FirstOrDefault(arm.Uncounted.Contains(pass) ? "?" : ""))]);
        return table;
    }

    /// <summary>Names the passes whose cost the tables lack, a line for each arm with such passes.</summary>
    public static IEnumerable<string> Uncounted(IReadOnlyList<ArmCost> costs) =>
        from arm in costs
        where arm.Uncounted.Count > 0
        select $"arm {arm.Arm}: the cost of {string.Join(" and ", arm.Uncounted)} is not counted: a plugin's own "
            + "system makes its masks, and no [masking] tells how many patches stay visible";
}

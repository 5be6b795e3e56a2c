using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Power;

namespace Rils.Cli.Rendering;

/// <summary>Writes the power of a planned comparison over seeds in lines.</summary>
static class PowerLines
{
    /// <summary>How small a difference the seeds find, or how many seeds it takes to find one.</summary>
    /// <param name="plan">The comparison.</param>
    /// <param name="withAdvice">Whether the line says how to get the difference in a metric's units.</param>
    public static string First(PlannedComparison plan, bool withAdvice)
    {
        var others = plan.Arms - 1;
        var seeds = Math.Max(plan.Seeds, Comparison.SeedsNeeded);
        var difference = $"a difference of {Figures.Spread(SeedPower.SmallestDifference(seeds, others))} standard "
            + "deviations (of the paired differences between seeds) or more with "
            + Figures.Share(SeedPower.Wanted) + (others == 1 ? "" : $", for each of {others} arms");
        var found = plan.Seeds >= Comparison.SeedsNeeded ? $"{plan.Seeds} seeds find {difference}"
            : $"rils concludes nothing over seeds from {(plan.Seeds == 1 ? "one seed" : $"{plan.Seeds} seeds")}; that "
                + $"takes {Comparison.SeedsNeeded}, which find {difference}";
        return $"power: {found}"
            + (withAdvice ? "; `rils plan FILE --power --from RUN` gives it in a metric's units" : "");
    }

    /// <summary>The pilot's notes, and one on a primary metric that the pilot lacks.</summary>
    public static IEnumerable<string> Notes(Comparison pilot, PlannedComparison plan) =>
        plan.Primary is null || pilot.Metrics.Any(metric => PilotPower.IsPrimary(metric, plan)) ? pilot.Notes
            : [.. pilot.Notes, $"the experiment's `primary` is {plan.Primary.Metric}, which the run of --from lacks"];
}

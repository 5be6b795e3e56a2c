using Rils.Analysis.Power;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Sweeps;
using Rils.Runs;

namespace Rils.Cli.Commands;

/// <summary>Counts the arms that one comparison of a planned experiment will have: an arm's average is one of its
/// own.</summary>
static class PlannedArms
{
    /// <summary>The comparison of a single run.</summary>
    public static PlannedComparison Of(ExperimentSettings settings, ExperimentTree tree) =>
        new(settings.Seeds.Count, Names(tree).Count(), PrimaryMetric.Of(tree));

    /// <summary>The comparison of all runs of a sweep. Parts of one point may share an arm.</summary>
    public static PlannedComparison Of(Sweep sweep)
    {
        var arms = sweep.Runs.SelectMany(run => Names(run.Tree).Select(arm => (run.Point, arm))).Distinct();
        return Of(sweep.Runs[0].Settings, sweep.Runs[0].Tree) with { Arms = arms.Count() };
    }

    static IEnumerable<string> Names(ExperimentTree tree) => tree.Arms.SelectMany(arm =>
        arm.Tables["average"] is null ? (string[])[arm.Name] : [arm.Name, ArmAverage.NameOf(arm.Name)]);
}

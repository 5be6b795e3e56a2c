using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Plugins.SimClr;

public sealed class SimClrArmTests : IDisposable
{
    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Without_views_in_the_data_it_is_refused()
    {
        var problem = Assert.Single(Assert.Throws<ExperimentException>(() =>
            Load(TinyExperiment.Slip.Split("[data.views]")[0])).Problems);
        Assert.Contains("arm slip reads augmented views, and the data has no [data.views]", problem.Message);
    }

    [Fact]
    public void Views_that_no_arm_reads_are_not_made()
    {
        using var idle = Load(TinyExperiment.Clip, TinyExperiment.Slip.Split("\n\n")[1]);
        Assert.False(idle.PlanOf(idle.NewWorld(0, "cpu")).ReadsViews());
        using var busy = Load(TinyExperiment.Clip, TinyExperiment.Slip);
        Assert.True(busy.PlanOf(busy.NewWorld(0, "cpu")).ReadsViews());
    }

    [Fact]
    public void Only_the_arm_that_reads_views_pays_for_two_more_passes()
    {
        using var experiment = Load(TinyExperiment.Clip, TinyExperiment.Slip);
        var costs = ArmCost.Of(experiment);
        long Pass(int arm, string name) => costs[arm].Passes.Where(pass => pass.Key == name).Sum(pass => pass.Value);
        Assert.Equal(0, Pass(0, "augmented views"));
        Assert.Equal(2 * Pass(1, "images"), Pass(1, "augmented views"));
        Assert.Equal(2 * 2 * (16 * 32 + 32 * 32 + 32 * 8), Pass(1, "image_mlp"));
        Assert.Equal(costs[0].Forward + Pass(1, "augmented views") + Pass(1, "image_mlp"), costs[1].Forward);
        Assert.Empty(costs[1].Untold);
    }

    Experiment Load(params string[] arms) =>
        new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(arms), []);
}

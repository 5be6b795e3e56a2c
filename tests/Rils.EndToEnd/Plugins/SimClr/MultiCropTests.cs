using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Plugins.SimClr;

/// <summary>More than two views of an image, some of them small, in whole runs.</summary>
public sealed class MultiCropTests : IDisposable
{
    static readonly string Many =
        $"{TinyExperiment.Slip}\nviews = 3\nsmall_views = 2\nsmall_size = 16\nsmall_scale = [0.05, 0.3]";

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Theory]
    [InlineData("backbone.positions=\"learned\"")]
    [InlineData("backbone.drop_path=0.3", "compute.parts=3")]
    public void An_arm_of_many_views_trains_alike_alone_and_beside_others(params string[] how)
    {
        var alone = tiny.Run(tiny.Write(Many), sets: how);
        var beside = tiny.Run(tiny.Write(TinyExperiment.Rils, Many, TinyExperiment.Clip), sets: how);
        Assert.Equal(TinyExperiment.Weights(alone, "slip"), TinyExperiment.Weights(beside, "slip"));
        var pair = tiny.Run(tiny.Write(TinyExperiment.Slip), sets: how);
        Assert.NotEqual(TinyExperiment.Weights(pair, "slip"), TinyExperiment.Weights(alone, "slip"));
    }

    [Fact]
    public void An_arm_that_compares_views_alone_trains()
    {
        var alone = TinyExperiment.Slip.Replace("[{ kind = \"contrastive\" }, ", "[");
        var rows = TinyExperiment.Metrics(tiny.Run(tiny.Write(alone)), "slip");
        Assert.Equal(6, rows.Count(row => row.Contains("\"loss\":")));
    }

    /// <summary>A small view of 16 pixels has a quarter of the patches of one of 32.</summary>
    [Fact]
    public void Each_view_costs_its_own_pass()
    {
        using var experiment = Load(Many);
        var cost = ArmCost.Of(experiment).Single();
        long Pass(string name) => cost.Passes.Where(pass => pass.Key == name).Sum(pass => pass.Value);
        Assert.InRange(Pass("augmented views"), 3 * Pass("images") + 2 * Pass("images") / 4, 4 * Pass("images"));
        Assert.Equal(5 * 2 * (16 * 32 + 32 * 32 + 32 * 8), Pass("image_mlp"));
    }

    [Theory]
    [InlineData("small_views = 1\nsmall_size = 20",
        "[data.views] makes views of 20 pixels, which the backbone cannot take: patch = 8 does not divide 20 pixels")]
    [InlineData("views = 1", "[data.views] makes a single view of each image, and the objective simclr compares "
        + "views: let it make two or more, with views = 2 say")]
    public void Views_that_an_arm_cannot_take_are_refused_before_anything_is_trained(
        string views, string says)
    {
        using var experiment = Load($"{TinyExperiment.Slip}\n{views}");
        Assert.Contains(says, Assert.Throws<SystemFailedException>(() => ArmCost.Of(experiment)).ToString());
    }

    Experiment Load(string arm) =>
        new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(arm), []);
}

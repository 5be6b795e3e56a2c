using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Cli;

namespace Rils.Tests.Engine.Runs;

public sealed class ArmCostTests : IDisposable
{
    readonly Toy toy = new();

    public void Dispose() => toy.Dispose();

    /// <summary>The floating-point operations of a pre-norm block of width 16 over n tokens: four projections of 16 x
    /// 16, two of 16 x 64, two products of n x n x 16.</summary>
    static long Block(long n) => 2 * n * (4 * 16 * 16 + 2 * 16 * 64) + 2 * 2 * n * n * 16;

    [Fact]
    public void Counts_the_passes_that_the_arms_plan_runs()
    {
        using var experiment = Load();
        var costs = ArmCost.Of(experiment).ToDictionary(cost => cost.Arm);
        long images = 2 * 16 * 192 * 16 + 2 * Block(17), texts = 2 * Block(16), projection = 2 * 16 * 16;
        // A quarter of 16 patches is visible; the decoder embeds 5 tokens, runs one block over all 17 and predicts
        // width 16.
        long visible = 2 * 4 * 192 * 16 + 2 * Block(5), decoder = 2 * 5 * 16 * 16 + Block(17) + 2 * 17 * 16 * 16;
        Assert.Equal([new("images", images), new("texts", texts),
            new("image projection", projection), new("text projection", projection)], costs["clip"].Passes);
        Assert.Equal([.. costs["clip"].Passes, new("visible patches", visible), new("decoder", decoder)],
            costs["rils"].Passes);
        Assert.Equal(3 * (images + texts + 2 * projection + visible + decoder), costs["rils"].Training);
    }

    [Fact]
    public void Counts_what_ran_where_it_is_known()
    {
        using var experiment = Load();
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        using var runner = new Runner(plan, 0, 1);
        runner.Setup();
        var cost = ArmCost.Of(plan.Arms.Single(arm => arm.Entity.Name == "rils"), runner,
            new([.. Enumerable.Range(0, 64).Select(place => place % 2 == 0 ? 7 : 10)], 0.25, 4));
        // Half of the captions are padded to 8 tokens, half to 12.
        Assert.Equal(Block(8) + Block(12), Pass("texts"));
        Assert.Equal((2 * 4 * 192 * 16 + 2 * Block(5)) / 4, Pass("visible patches"));
        Assert.Equal(2 * 16 * 192 * 16 + 2 * Block(17), Pass("images"));

        long Pass(string name) => cost.Passes.Single(pass => pass.Key == name).Value;
    }

    [Fact]
    public void Parameters_are_those_that_the_run_saves()
    {
        using var experiment = Load();
        using var folder = RunFolder.Create(toy["run"]);
        TestRun.Of(experiment, Plugins, folder);
        foreach (var cost in ArmCost.Of(experiment))
        {
            var saved = SafeTensors.Read(Path.Combine(folder.Path, "seed-0", cost.Arm, "model.safetensors"));
            Assert.Equal(saved.Where(tensor => !tensor.Key.Contains("pos_embed")).Sum(tensor => tensor.Value.numel()),
                cost.Parameters);
        }
    }

    static PluginSet Plugins => TinyExperiment.Plugins;

    Experiment Load() =>
        new ExperimentLoader(Plugins.Registry, NullLogger<ExperimentLoader>.Instance).Load(toy.Experiment, []);
}

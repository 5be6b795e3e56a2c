using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Cli;
using Rils.Tests.Contracts;
using TorchSharp.Modules;
using static TorchSharp.torch;

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

    sealed record Kept(Linear Linear);

    sealed record Learned(Linear Linear) : IBackedBy<Weights>, ICountsFlops
    {
        public long Flops(int visible) => 1000 * visible;
    }

    delegate void SetUp(in StrangePlugin.None options, out Kept kept, out Learned learned, Append<Trainable> parts);

    delegate void Lose(in StrangePlugin.None options, in Kept kept, in Learned learned, in ImageFeatures images,
        in Maybe<PatchPrediction> prediction, Append<LossTerm> losses);

    /// <summary>An objective with a module that the arm trains, whose operations it tells, and a frozen one of which
    /// neither a checkpoint nor a count of operations knows.</summary>
    static void Register(IRilsBuilder rils) => rils.Objective<StrangePlugin.None>("strange")
        .System(Stage.Setup, "odd.setup", (SetUp)(
            (in StrangePlugin.None _, out Kept kept, out Learned learned, Append<Trainable> parts) =>
            {
                (kept, learned) = (new(nn.Linear(16, 100)), new(nn.Linear(16, 32)));
                foreach (var parameter in kept.Linear.parameters()) parameter.requires_grad = false;
                parts.Add(new("learned.", learned.Linear));
            }))
        .System(Stage.Objective, "odd", (Lose)((in StrangePlugin.None _, in Kept kept, in Learned learned,
            in ImageFeatures images, in Maybe<PatchPrediction> prediction, Append<LossTerm> losses) =>
            losses.Add(new(losses.Name, learned.Linear.forward(images.Vectors).mean()
                + kept.Linear.forward(images.Vectors).mean()))));

    const string Odd = """
        objective = [{ kind = "contrastive" }, { kind = "strange" }]
        """;

    [Fact]
    public void Modules_of_a_plugin_are_counted_in_operations_and_memory_or_named()
    {
        using var strange = new StrangeExperiment();
        var file = strange.Tiny.Write(TinyExperiment.Clip, $"[[arm]]\nname = \"odd\"\n{Odd}",
            TinyExperiment.Rils, TinyExperiment.Rils.Replace("\"rils\"", "\"odd-rils\"") + $"\n{Odd}");
        var (experiment, _) = strange.Load(Register, file);
        using (experiment)
        {
            var costs = ArmCost.Of(experiment).ToDictionary(cost => cost.Arm);
            Assert.Empty(costs["clip"].Untold);
            foreach (var (plain, odd, visible) in ((string, string, int)[])
                [("clip", "odd", 16), ("rils", "odd-rils", 4)])
            {
                Assert.Equal(["Linear"], costs[odd].Untold);
                Assert.Equal(1000 * visible, costs[odd].Passes.Single(pass => pass.Key == "learned").Value);
                Assert.Equal(costs[plain].Training + 3 * 1000 * visible, costs[odd].Training);
                // 16 x 32 + 32 numbers with gradients and two moments, and 16 x 100 + 100 without, in fp32.
                Assert.Equal(16 * (16 * 32 + 32) + 4 * (16 * 100 + 100), costs[odd].Bytes - costs[plain].Bytes);
            }
            var memory = new ArmMemory();
            var bytes = experiment.ArmDefinitions.ToDictionary(arm => arm.Name, arm => memory.Of(experiment, arm));
            // In bf16 a trained number has a rounded copy too.
            Assert.Equal(18 * (16 * 32 + 32) + 4 * (16 * 100 + 100), bytes["odd"] - bytes["clip"]);
        }
    }

    public sealed record SizedOptions
    {
        public double Factor { get; init; } = 1;
    }

    delegate void SetUpSized(in SizedOptions options, out Learned learned, Append<Trainable> parts);

    delegate void LoseSized(in SizedOptions options, in Learned learned, in ImageFeatures images,
        Append<LossTerm> losses);

    [Fact]
    public void A_fraction_that_is_the_size_of_a_plugins_own_module_counts()
    {
        using var strange = new StrangeExperiment();
        string Arm(string name, string factor) => $"[[arm]]\nname = \"{name}\"\n"
            + $"objective = [{{ kind = \"sized\", factor = {factor} }}]";
        var (experiment, _) = strange.Load(rils => rils.Objective<SizedOptions>("sized")
            .System(Stage.Setup, "sized.setup", (SetUpSized)(
                (in SizedOptions options, out Learned learned, Append<Trainable> parts) =>
                    parts.Add(new("sized.", (learned = new(nn.Linear(16, (int)(32 * options.Factor)))).Linear))))
            .System(Stage.Objective, "sized", (LoseSized)((in SizedOptions _, in Learned learned,
                in ImageFeatures images, Append<LossTerm> losses) =>
                losses.Add(new(losses.Name, learned.Linear.forward(images.Vectors).mean())))),
            strange.Tiny.Write(Arm("one", "1.0"), Arm("two", "2.0"), Arm("again", "1.0")));
        using (experiment)
        {
            var memory = new ArmMemory();
            long[] bytes = [.. experiment.ArmDefinitions.Select(arm => memory.Of(experiment, arm))];
            Assert.Equal(18 * 32 * 17, bytes[1] - bytes[0]);
            Assert.Equal(bytes[0], bytes[2]);
        }
    }

    static PluginSet Plugins => TinyExperiment.Plugins;

    Experiment Load() =>
        new ExperimentLoader(Plugins.Registry, NullLogger<ExperimentLoader>.Instance).Load(toy.Experiment, []);
}

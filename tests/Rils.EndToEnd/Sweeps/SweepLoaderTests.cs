using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;
using Rils.Runs.Sweeps;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Sweeps;

/// <summary>The arms, names and runs that a <c>[sweep]</c> makes.</summary>
public sealed class SweepLoaderTests : IDisposable
{
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Arms_that_a_key_reaches_become_one_for_each_value_and_the_others_are_shared()
    {
        var sweep = Load("masking.ratio = [0.5, 0.75]\noptimizer.betas = [[0.9, 0.95], [0.9, 0.98]]\n"
            + "target.gate = [\"none\", \"soft\"]");
        Assert.Equal((8, 10), (sweep.Points, sweep.Arms));
        Assert.Equal(["masking.ratio", "optimizer.betas", "target.gate"], sweep.Keys);
        Assert.Equal(
        [
            "rils-ratio-0.5-betas-0.9_0.95-gate-none", "rils-ratio-0.5-betas-0.9_0.95-gate-soft",
            "rils-ratio-0.5-betas-0.9_0.98-gate-none", "rils-ratio-0.5-betas-0.9_0.98-gate-soft",
            "rils-ratio-0.75-betas-0.9_0.95-gate-none", "rils-ratio-0.75-betas-0.9_0.95-gate-soft",
            "rils-ratio-0.75-betas-0.9_0.98-gate-none", "rils-ratio-0.75-betas-0.9_0.98-gate-soft",
            "clip-betas-0.9_0.95", "clip-betas-0.9_0.98",
        ], Arms(sweep));
        var arm = Assert.Single(sweep.Runs).Arms[3];
        Assert.Equal(("rils", "0.5", "[0.9, 0.98]", "\"soft\""),
            (arm.Arm, arm.Values["masking.ratio"], arm.Values["optimizer.betas"], arm.Values["target.gate"]));
        Assert.Equal("", sweep.Runs[0].Label);
    }

    [Fact]
    public void A_table_that_nothing_reads_in_an_arm_makes_no_arm_of_it()
    {
        const string Idle = "\n[masking]\nkind = \"random\"\n[decoder]\nkind = \"mae\"\n";
        Assert.Equal(["rils-ratio-0.5", "rils-ratio-0.6", "clip"], Arms(Load("masking.ratio = [0.5, 0.6]", Idle)));
    }

    [Fact]
    public void Names_tell_keys_values_and_kinds_apart_and_can_be_set()
    {
        Assert.Equal(["rils-target-weight-0-contrastive-weight-1", "clip-contrastive-weight-1"],
            Arms(Load("target.weight = [0]\nobjective.contrastive.weight = [1]")));
        Assert.Equal(["rils-masking-block", "rils-masking-grid", "clip"],
            Arms(Load("masking.kind = [\"block\", \"grid\"]")));
        Assert.Equal(["rils-epsilon-1E-08", "clip-epsilon-1E-08"], Arms(Load("optimizer.epsilon = [1e-8]")));
        var block = Load("masking.kind = [\"block\", \"grid\"]\nmasking.ratio = [0.5]").Runs[0].Tree.Arms[0];
        Assert.Equal(("block", 0.5), (((TableNode)block.Tables["masking"]!).Text("kind"),
            ((ScalarNode)((TableNode)block.Tables["masking"]!)["ratio"]!).Value));
        var shards = Load("data.train = [\"DATA/train-*.tar\", \"DATA/train-?*.tar\"]".Replace("DATA", Data));
        Assert.Equal("1 2", string.Join(' ', shards.Runs.Select(run => run.Label.Replace("train-", ""))));
    }

    [Fact]
    public void What_is_said_of_one_arm_goes_before_what_is_said_of_all()
    {
        var sweep = Load("optimizer.weight_decay = [0.1]\n"
            + "arm.clip.optimizer.weight_decay = [0.2, 0.3]\n\"masking.ratio\" = [0.5]");
        Assert.Equal(["rils-weight_decay-0.1-ratio-0.5", "clip-weight_decay-0.2", "clip-weight_decay-0.3"],
            Arms(sweep));
    }

    [Fact]
    public void Data_length_and_precision_make_runs_with_all_arms_each()
    {
        var sweep =
            Load("data.batch = [8, 12]\nmasking.ratio = [0.5, 0.6]\nepochs = [1]\nprecision = [\"fp32\", \"bf16\"]");
        Assert.Equal((8, 4), (sweep.Points, sweep.Runs.Count));
        Assert.Equal(["batch-8-epochs-1-precision-fp32", "batch-8-epochs-1-precision-bf16",
            "batch-12-epochs-1-precision-fp32", "batch-12-epochs-1-precision-bf16"],
            sweep.Runs.Select(run => run.Label));
        Assert.All(sweep.Runs,
            run => Assert.Equal(["rils-ratio-0.5", "rils-ratio-0.6", "clip"], run.Arms.Select(arm => arm.Name)));
        Assert.Equal("batch=8, epochs=1, precision=\"bf16\"", sweep.Runs[1].Title);
        Assert.Equal((null, 1.0, Precision.Bf16),
            (sweep.Runs[1].Settings.Steps, sweep.Runs[1].Settings.Epochs, sweep.Runs[1].Settings.Precision));
    }

    [Fact]
    public void Deterministic_is_one_for_all_arms_of_a_run()
    {
        var sweep = Load("deterministic = [true, false]");
        Assert.Equal(["deterministic-true", "deterministic-false"], sweep.Runs.Select(run => run.Label));
        Assert.Equal([true, false], sweep.Runs.Select(run => run.Settings.Deterministic));
    }

    [Fact]
    public void Arms_that_do_not_fit_into_memory_together_are_divided_in_their_order()
    {
        const string Body = "masking.ratio = [0.5, 0.6]\ndata.batch = [8, 12]";
        var (rils, clip) = Bytes();
        Assert.Equal([["rils-ratio-0.5", "rils-ratio-0.6", "clip"]], Parts(2 * rils + clip));
        Assert.Equal([["rils-ratio-0.5", "rils-ratio-0.6"], ["clip"]], Parts(2 * rils));
        Assert.Equal([["rils-ratio-0.5"], ["rils-ratio-0.6", "clip"]], Parts(2 * rils - 1));
        Assert.Equal([["rils-ratio-0.5"], ["rils-ratio-0.6"], ["clip"]], Parts(1));
        Assert.Equal(["batch-8-part-1", "batch-8-part-2", "batch-12-part-1", "batch-12-part-2"],
            Load(Body, memory: 2 * rils).Runs.Select(run => run.Label));
        Assert.All(Load(Body, memory: 1).Runs.Take(3), run => Assert.Equal("batch-8", run.Point));

        string[][] Parts(long memory) =>
            [.. Load(Body, memory: memory).Runs.Where(run => run.Values["data.batch"] == "8")
                .Select(run => run.Arms.Select(arm => arm.Name).ToArray())];
        (long, long) Bytes()
        {
            using var experiment = new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance)
                .Load(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip), []);
            long[] bytes = [.. experiment.ArmDefinitions.Select(arm => new ArmMemory().Of(experiment, arm))];
            // A parameter takes 18 bytes; the moments lie in buffers in which each parameter begins on a boundary of
            // 64 bytes.
            Assert.All(ArmCost.Of(experiment).Zip(bytes),
                arm => Assert.InRange(arm.Second / (double)arm.First.Parameters, 18, 20));
            return (bytes[0], bytes[1]);
        }
    }

    [Fact]
    public void The_key_of_a_run_is_that_of_all_that_decides_its_results()
    {
        string Key(string body, Precision precision = Precision.Fp32, string device = "cpu", params string[] sets)
        {
            var run = Load(body, "", sets: sets).Runs[0];
            return RunKey.Of(run.Tree, run.Settings with { Precision = precision }, device);
        }
        var first = Key("masking.ratio = [0.5, 0.6]");
        Assert.Matches("^[0-9a-f]{8}$", first);
        Assert.Equal(first, Key("masking.ratio = [0.5, 0.6]"));
        Assert.Equal(first, Key("masking.ratio = [0.5, 0.6]", sets: ["seeds=[0, 1, 2]"]));
        var other = Load("masking.ratio = [0.5, 0.6]", "").Runs[0];
        other.Tree.Root.Set("primary", other.Tree.Root.Span, new ScalarNode(other.Tree.Root.Span, "knn.top1"));
        Assert.Equal(first, RunKey.Of(other.Tree, other.Settings with { Precision = Precision.Fp32 }, "cpu"));
        Assert.Distinct([first, Key("masking.ratio = [0.5, 0.7]"),
            Key("masking.ratio = [0.5]"), Key("masking.ratio = [0.5, 0.6]", Precision.Bf16),
            Key("masking.ratio = [0.5, 0.6]", device: "cuda:0"),
            Key("masking.ratio = [0.5, 0.6]", sets: ["arm.rils.device=cuda:0"]),
            Key("masking.ratio = [0.5, 0.6]", sets: ["steps=7"])]);
    }

    [Fact]
    public void A_file_that_says_what_varies_need_not_say_again_what_its_sweep_does()
    {
        const string Vary = "vary=[\"masking\", \"decoder\", \"target\"]";
        Assert.Equal(4, Load("optimizer.weight_decay = [0.1, 0.2]", "", sets: [Vary]).Arms);
        Assert.Equal(["--set sweep.masking.raito=[0.5]: "
            + "unknown key `raito` in [masking]; did you mean `ratio`? Keys: ratio, kind."],
            Mistakes("target.weight = [1]", Vary, "sweep.masking.raito=[0.5]"));
        Assert.All(Mistakes("optimizer.weight_decay = [0.1, 0.2]", "vary=[\"masking\", \"target\"]"),
            line => Assert.Matches("arm clip has no \\[decoder\\], and arm rils has one", line));
    }

    [Theory]
    [InlineData("maskng.ratio = [1]", "unknown key `maskng.ratio` in [sweep]; did you mean `masking.ratio`?")]
    [InlineData("learning_rate = [1]",
        "unknown key `learning_rate` in [sweep]; did you mean `schedule.learning_rate`?")]
    [InlineData("optimizer.weight_dcay = [0.5]",
        "unknown key `weight_dcay` in [optimizer]; did you mean `weight_decay`?")]
    [InlineData("data.bacth = [8]", "unknown key `bacth` in [data]; did you mean `batch`?")]
    [InlineData("masking.ratio = []", "`masking.ratio` in [sweep] has no values")]
    [InlineData("masking.ratio = 0.5",
        "`masking.ratio` in [sweep] is the number 0.5: it must be a list of values, as in masking.ratio = [0.5, 0.75]")]
    [InlineData("masking.ratio = [0.5, \"much\"]", "`ratio` in [masking] must be a number, not the string \"much\"")]
    [InlineData("masking.ratio = [0.5, 1.5]", "`ratio` in [masking] is 1.5; allowed: above 0 to below 1")]
    [InlineData("masking.ratio = [0.5, 0.50]", "`masking.ratio` in [sweep] has 0.5 twice")]
    [InlineData("target.weight = [1, 1.0]", "`target.weight` in [sweep] has 1.0 twice")]
    [InlineData("masking = [\"none\"]", "`masking` in [sweep] is no key of a table: sweep one")]
    [InlineData("objective.contrastive = [1]", "`objective.contrastive` in [sweep] is no key of a table")]
    [InlineData("objective.simclr.weight = [1]", "no objective is called `simclr`. There are: contrastive.")]
    [InlineData("text.depth = [{ a = 1 }]", "`text.depth` in [sweep] is a list of tables")]
    [InlineData("text.depth = [1, [[{ a = 1 }]]]", "`text.depth` in [sweep] is a list of tables")]
    [InlineData("teacher.momentum = [0.5]", "`teacher.momentum` in [sweep] changes nothing: no arm has a [teacher]")]
    [InlineData("arm.clip.masking.ratio = [0.5]",
        "`masking.ratio` in [sweep] changes nothing: arm clip does not have a [masking]")]
    [InlineData("arm.clop.masking.ratio = [0.5]", "no arm is called `clop`; did you mean `clip`?")]
    [InlineData("arm.clip.data.batch = [5]", "`data` cannot be set in an arm")]
    [InlineData("masking.ratio = [0.5]\narm.rils.masking.ratio = [0.6]",
        "`masking.ratio` in [sweep] changes nothing: every arm that has a [masking] has values of its own there")]
    [InlineData("masking.ratio = [0.5]\n\"masking.ratio\" = [0.6]", "`masking.ratio` is already given in [sweep], at ")]
    [InlineData("name = [\"a\"]", "`name` cannot be swept: it is one for all points")]
    [InlineData("seeds = [0, 1]", "`seeds` cannot be swept: it is one for all points, "
        + "and every arm is run for every seed that the root's `seeds` lists")]
    [InlineData("steps = [6]\nepochs = [1]", "give the length of the run by exactly one of epochs, steps and samples")]
    [InlineData("", "[sweep] is empty: give it keys with lists of values")]
    public void What_is_wrong_is_told(string body, string message)
    {
        var mistake = Assert.Single(Mistakes(body));
        Assert.Contains(message, mistake);
        Assert.Matches(@"^tiny-0\.toml:\d+:\d+: ", mistake);
    }

    [Fact]
    public void A_table_that_no_arm_reads_and_too_many_points_are_refused()
    {
        Assert.Contains("`masking.ratio` in [sweep] changes nothing: nothing reads [masking] of arm rils",
            Assert.Single(Mistakes("masking.ratio = [0.5]", "arm.rils.target=none")));
        var values = string.Join(", ", Enumerable.Range(1, 32));
        Assert.EndsWith("[sweep] makes 1024 points, and 1000 are the most: give it fewer values, or fewer keys",
            Assert.Single(Mistakes($"optimizer.epsilon = [{values}]\nsteps = [{values}]")));
        Assert.Contains("[sweep] makes two arms that are called `rils-ratio-0.5`",
            Assert.Single(MistakesOf("masking.ratio = [0.5]", "\n[[arm]]\nname = \"rils-ratio-0.5\"")));
    }

    [Fact]
    public void Without_a_sweep_there_is_none_and_one_experiment_is_not_asked_of_a_sweep()
    {
        var loader = new SweepLoader(Plugins.Value);
        Assert.Null(loader.Load(tiny.Write(TinyExperiment.Clip), []));
        var swept = tiny.Write(TinyExperiment.Rils, "[sweep]\nmasking.ratio = [0.5]");
        Assert.Null(loader.Load(swept, ["sweep=none"]));
        var refused = Assert.Throws<ExperimentException>(() => new ExperimentLoader(Plugins.Value,
            NullLogger<ExperimentLoader>.Instance).Load(swept, []));
        Assert.Contains("[sweep] makes several experiments, and only one can be loaded here", refused.Message);
    }

    static IEnumerable<string> Arms(Sweep sweep) => sweep.Runs.SelectMany(run => run.Arms).Select(arm => arm.Name);

    Sweep Load(string body, string root = "", long memory = long.MaxValue, params string[] sets) =>
        new SweepLoader(Plugins.Value) { Memory = memory }.Load(tiny.Write(root,
            TinyExperiment.Rils, TinyExperiment.Clip, $"[sweep]\n{body}"), sets)!;

    static string Data => Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    /// <summary>The messages of all mistakes, without the folder of the file.</summary>
    string[] Mistakes(string body, params string[] sets) => MistakesOf(body, "", sets);

    string[] MistakesOf(string body, string arms, params string[] sets)
    {
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, $"{arms}\n[sweep]\n{body}");
        var refused = Assert.Throws<ExperimentException>(() => new SweepLoader(Plugins.Value).Load(file, sets));
        return [.. refused.Problems.Select(problem => problem.ToString().Replace(tiny[""] + "/", ""))];
    }
}

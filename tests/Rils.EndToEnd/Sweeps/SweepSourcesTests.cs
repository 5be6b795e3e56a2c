using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;
using Rils.Runs.Sweeps;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Sweeps;

/// <summary>Arms of a sweep that take weights from one another: from which arm, in which run, and how much memory they
/// need.</summary>
public sealed class SweepSourcesTests : IDisposable
{
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    const string Ratios = "masking.ratio = [0.5, 0.6]";
    const string FromMae = $"{TinyExperiment.Rils}\ninit = {{ from = \"mae\" }}",
        FromClip = $"{TinyExperiment.Rils}\ninit = {{ from = \"clip\" }}";

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Each_arm_takes_from_the_one_that_has_its_values()
    {
        var arms = Load($"{Ratios}\noptimizer.weight_decay = [0.1, 0.2]", FromMae, TinyExperiment.Mae)
            .Runs.Single().Tree.Arms;
        Assert.Equal(8, arms.Count);
        Assert.All(arms.Take(4), arm => Assert.Equal(arm.Name.Replace("rils", "mae"), From(arm, "init")));
        // One source serves all arms that a swept key made of its taker.
        var shared = Load(Ratios, TinyExperiment.Clip, FromClip).Runs.Single().Tree.Arms;
        Assert.Equal(["clip", "rils-ratio-0.5 from clip", "rils-ratio-0.6 from clip"],
            shared.Select(arm => arm.Name + (arm.Tables["init"] is null ? "" : $" from {From(arm, "init")}")));
        // A key with a single value makes one source, so the taker has no choice.
        Assert.Equal("clip-width-8", From(Load("arm.clip.text.width = [8]",
            TinyExperiment.Clip, TinyExperiment.Mim).Runs.Single().Tree.Arms[1], "teacher"));
        // An arm of another run keeps the name that it has there.
        Assert.Contains("does not exist", Assert.Single(Mistakes(Ratios,
            $"{TinyExperiment.Rils}\ninit = {{ from = \"mae\", run = \"gone\" }}", TinyExperiment.Mae)));
    }

    [Theory]
    [InlineData("optimizer.weight_decay = [0.1]\narm.clip.objective.contrastive.weight = [1, 2]",
        "arm.clip.objective.contrastive.weight", "2 arms of clip, and arm rils", "objective.contrastive.weight")]
    [InlineData("arm.clip.text.depth = [1, 2, 3]\nmasking.ratio = [0.5, 0.6]",
        "arm.clip.text.depth", "3 arms of clip, and arm rils", "text.depth")]
    public void A_source_that_is_swept_alone_is_refused(string body, string key, string arms, string own)
    {
        var mistake = Assert.Single(Mistakes(body, TinyExperiment.Clip, FromClip));
        Assert.EndsWith($"`{key}` in [sweep] makes {arms}, which takes weights from it, "
            + $"has no value of this key: sweep both by {own}, so that each takes from its like, "
            + $"or only arms that nobody takes from, by arm.NAME.{own}", mistake);
        Assert.Matches(@"tiny-0\.toml:\d+:\d+: ", mistake);
    }

    [Fact]
    public void Memory_divides_no_arms_that_take_from_one_another()
    {
        Assert.Equal([["rils-ratio-0.5", "mae-ratio-0.5"], ["rils-ratio-0.6", "mae-ratio-0.6"], ["clip"]],
            Parts(1, Ratios, FromMae, TinyExperiment.Mae, TinyExperiment.Clip));
        Assert.Equal([["clip", "rils-ratio-0.5", "rils-ratio-0.6"], ["mae-ratio-0.5"], ["mae-ratio-0.6"]],
            Parts(1, Ratios, TinyExperiment.Clip, FromClip, TinyExperiment.Mae));
        // Phases follow one another: two sources train first, then two takers.
        using var experiment = new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(FromMae, TinyExperiment.Mae), []);
        var (rils, mae) = (new ArmMemory().Of(experiment, experiment.ArmDefinitions[0]),
            new ArmMemory().Of(experiment, experiment.ArmDefinitions[1]));
        Assert.True(rils > mae);
        Assert.Single(Parts(2 * rils, Ratios, FromMae, TinyExperiment.Mae));
        Assert.Equal(2, Parts(2 * rils - 1, Ratios, FromMae, TinyExperiment.Mae).Length);
    }

    [Fact]
    public void A_grown_sweep_has_with_a_new_arm_those_that_it_takes_from()
    {
        string[] arms = [TinyExperiment.Clip, FromClip, TinyExperiment.Mae];
        Assert.Equal(["clip rils-ratio-0.5 mae-ratio-0.5"], Runs("masking.ratio = [0.5]"));
        string[] grown = ["clip rils-ratio-0.5 mae-ratio-0.5", "clip rils-ratio-0.6 mae-ratio-0.6"];
        Assert.Equal(grown, Runs("masking.ratio = [0.5, 0.6]"));
        Assert.Equal(grown, Runs("masking.ratio = [0.5, 0.6]"));
        Assert.Equal(["clip rils-ratio-0.5 mae-ratio-0.5", "clip rils-ratio-0.6 mae-ratio-0.6",
            "clip rils-ratio-0.7 mae-ratio-0.7"], Runs("masking.ratio = [0.7, 0.6, 0.5]"));

        string[] Runs(string body)
        {
            List<string> seen = [];
            var folder = SweepMaking.Create(tiny["sweep"], Load(body, arms), "cpu", (tree, file) =>
            {
                new SweepLoader(Plugins.Value).Check(tree, file);
                seen.Add(file);
            });
            Assert.Equal(seen, folder.Record.Runs.Select(folder.ExperimentOf));
            return [.. folder.Record.Runs.Select(run => string.Join(' ', run.Arms.Select(arm => arm.Name)))];
        }
    }

    [Fact]
    public void A_run_that_cannot_be_is_told_before_anything_is_written()
    {
        var sweep = Load(Ratios, FromMae, TinyExperiment.Mae);
        var run = sweep.Runs.Single();
        var broken = run with { Tree = run.Tree with { Arms = [.. run.Tree.Arms.Take(2)] } };
        var refused = Assert.Throws<ExperimentException>(() => SweepMaking.Create(tiny["sweep"],
            sweep with { Runs = [broken] }, "cpu", new SweepLoader(Plugins.Value).Check));
        Assert.Contains("there is no arm `mae-ratio-0.5`", refused.Message);
        Assert.False(Directory.Exists(tiny["sweep"]));
    }

    [Fact]
    public void A_frozen_teacher_counts_and_a_frozen_part_counts_without_gradient_and_moments()
    {
        long Bytes(string arm, string name)
        {
            using var experiment = new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance)
                .Load(tiny.Write(TinyExperiment.Clip, arm), []);
            return new ArmMemory().Of(experiment, experiment.ArmDefinitions.Single(own => own.Name == name));
        }
        var (frozen, ema) = (Bytes(TinyExperiment.Mim, "mim"),
            Bytes(TinyExperiment.Mim.Replace("\"frozen\", from = \"clip\"", "\"ema\""), "mim"));
        Assert.Equal(ema, frozen);
        var (trained, part) = (Bytes(FromClip, "rils"),
            Bytes(FromClip.Replace("from = \"clip\"", "from = \"clip\", freeze = [\"backbone\"]"), "rils"));
        var alone = Bytes(TinyExperiment.Mim.Replace("teacher   = { kind = \"frozen\", from = \"clip\" }", ""), "mim");
        // A teacher is a backbone: the values and their copy, 6 bytes a number, and the table of 1 + 4 x 4 positions
        // of 16 numbers. A frozen backbone lacks a gradient and two moments, 12 bytes a number.
        Assert.InRange(frozen - alone, 6 * 2 * 12 * 16 * 16, long.MaxValue);
        Assert.Equal(trained - part, 2 * (frozen - alone - 4 * 17 * 16));
    }

    [Fact]
    public void Which_key_reaches_an_arm_is_said_by_its_kinds()
    {
        var teacher = TinyExperiment.Mim.Replace("\"frozen\", from = \"clip\"", "\"ema\"");
        foreach (var kinds in (string[])["[\"pixel\", \"features\"]", "[\"features\", \"pixel\"]"])
            Assert.Equal(["clip", "mim-target-features-momentum-0.9",
                "mim-target-features-momentum-0.99", "mim-target-pixel"],
                Load($"target.kind = {kinds}\nteacher.momentum = [0.9, 0.99]", TinyExperiment.Clip, teacher)
                    .Runs.Single().Arms.Select(arm => arm.Name).Order(StringComparer.Ordinal));
    }

    static string? From(ArmTree arm, string table) => ((TableNode)arm.Tables[table]!).Text("from");

    Sweep Load(string body, params string[] arms) => Load(long.MaxValue, body, arms);

    Sweep Load(long memory, string body, params string[] arms) =>
        new SweepLoader(Plugins.Value) { Memory = memory }.Load(tiny.Write([.. arms, $"[sweep]\n{body}"]), [])!;

    string[][] Parts(long memory, string body, params string[] arms) =>
        [.. Load(memory, body, arms).Runs.Select(run => run.Arms.Select(arm => arm.Name).ToArray())];

    IEnumerable<string> Mistakes(string body, params string[] arms) =>
        Assert.Throws<ExperimentException>(() => Load(body, arms)).Problems.Select(problem => $"{problem}");
}

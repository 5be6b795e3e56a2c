using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Models;
using Rils.Runs;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Runs;

/// <summary>Maskings that systems make: from a teacher's tokens, and by the step.</summary>
public sealed class MaskingKindsTests : IDisposable
{
    const string Rest = "decoder = { kind = \"mae\", width = 8 }\ntarget = { kind = \"features\" }";

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    static string Arm(string name, string masking, string more = "") =>
        $"[[arm]]\nname = \"{name}\"\nmasking = {masking}\n{Rest}\n{more}";

    const string Similar = "{ kind = \"similar\", ratio = 0.5 }", Attended = "{ kind = \"attended\", ratio = 0.5 }",
        Ramp = "{ kind = \"random-ramp\", ratio = 0.25 }",
        Ema = "teacher = { kind = \"ema\", momentum = 0.9 }";

    [Fact]
    public void Stopped_and_resumed_they_end_with_the_same_bytes_and_equal_arms_are_equal()
    {
        var file = tiny.Write(Arm("a", Similar, Ema), Arm("b", Similar, Ema), Arm("own", Similar), Arm("ramp", Ramp),
            Arm("attended", Attended, Ema), Arm("attended-own", Attended),
            Arm("still", "{ kind = \"random\", ratio = 0.25 }"));
        string[] sets = ["checkpoint.every=2"], arms = ["a", "b", "own", "attended", "attended-own", "ramp", "still"];
        var (whole, stopped) = (tiny.Run(file, sets: sets), tiny["stopped"]);
        for (var sessions = 0; !File.Exists(Path.Combine(stopped, "seed-0", "outcome.json")); sessions++)
        {
            Assert.True(sessions < 10, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            tiny.RunIn(stopped, file, null, new CallbackSink(_ => stop.Cancel()), stop.Token, sets);
        }
        foreach (var arm in arms)
            Assert.Equal(TinyExperiment.Weights(whole, arm), TinyExperiment.Weights(stopped, arm));
        Assert.Equal(TinyExperiment.Weights(whole, "a"), TinyExperiment.Weights(whole, "b"));
        Assert.NotEqual(TinyExperiment.Weights(whole, "a"), TinyExperiment.Weights(whole, "own"));
        Assert.NotEqual(TinyExperiment.Weights(whole, "attended"), TinyExperiment.Weights(whole, "a"));
        Assert.NotEqual(TinyExperiment.Weights(whole, "attended"), TinyExperiment.Weights(whole, "attended-own"));
        Assert.NotEqual(TinyExperiment.Weights(whole, "ramp"), TinyExperiment.Weights(whole, "still"));
    }

    [Fact]
    public void A_mask_of_a_teachers_tokens_comes_after_its_pass_by_declaration_alone()
    {
        using var experiment = Load([], Arm("taught", Similar, Ema), Arm("own", Similar));
        foreach (var arm in experiment.PlanOf(experiment.NewWorld(0, "cpu")).Arms)
        {
            string[] names = [.. arm.Systems.Select(system => system.Name)];
            int At(string name) => Array.IndexOf(names, name);
            var teacher = At(arm.Entity.Name == "taught" ? "teacher.encode" : "teacher.own");
            Assert.True(0 <= teacher && teacher < At("masking.similar")
                && At("masking.similar") < At("visible.tokens"));
        }
    }

    [Theory]
    [InlineData("", "teacher.own.attend")]
    [InlineData(Ema, "teacher.attend")]
    public void Attention_takes_a_pass_of_its_own_before_the_mask_and_only_where_a_mask_reads_it(
        string teacher, string pass)
    {
        using var experiment = Load([], Arm("attended", Attended, teacher), Arm("similar", Similar, teacher));
        var plans = experiment.PlanOf(experiment.NewWorld(0, "cpu")).Arms
            .ToDictionary(arm => arm.Entity.Name, arm => arm.Systems.Select(system => system.Name).ToArray());
        int At(string name) => Array.IndexOf(plans["attended"], name);
        Assert.True(0 <= At(pass) && At(pass) < At("masking.attended")
            && At("masking.attended") < At("visible.tokens"));
        Assert.DoesNotContain(plans["similar"], name => name.Contains("atten", StringComparison.Ordinal));
        var costs = ArmCost.Of(experiment);
        var vit = new Vit(new() { Patch = 8, Width = 16, Depth = 2, Heads = 2 }, 32);
        Assert.Equal(costs[1].Forward + vit.AttentionFlops([2]), costs[0].Forward);
        Assert.Equal(costs[1].Training + vit.AttentionFlops([2]), costs[0].Training);
        Assert.Contains(costs[0].Passes, made => made.Key == "teacher attention");
    }

    [Fact]
    public void A_frozen_teacher_of_another_width_attends_too()
    {
        var file = tiny.Write(TinyExperiment.Clip + "\nbackbone = { width = 24 }",
            TinyExperiment.Mim.Replace("{ kind = \"random\" }", Attended));
        tiny.Run(file, sets: "steps=3");
    }

    [Fact]
    public void A_backbone_without_attention_is_refused_when_the_file_is_read() => Assert.Contains(
        "[masking] of kind attended cannot work in arm odd, which lacks [backbone] that gives attention maps "
        + "(kinds: vit): take such a backbone, or drop this by masking = \"none\" in the arm",
        Assert.Throws<ExperimentException>(() => Load([], "[[arm]]\nname = \"odd\"\nmasking = " + Attended
            + "\nbackbone = { kind = \"resnet\", depth = 18 }").Dispose()).Message);

    [Fact]
    public void Their_passes_are_counted_over_the_run()
    {
        using var experiment = Load([], Arm("ramp", Ramp), Arm("similar", Similar));
        var costs = ArmCost.Of(experiment);
        Assert.All(costs, cost => Assert.Empty(cost.Uncounted));
        var vit = new Vit(new() { Patch = 8, Width = 16, Depth = 2, Heads = 2 }, 32);
        long Masked(int arm) => costs[arm].Passes.First(pass => pass.Key == "visible patches").Value;
        // Hidden 0.25, 0.35, ..., 0.75 of 16 patches.
        Assert.Equal((long)new[] { 12, 10, 8, 7, 5, 4 }.Average(visible => (double)vit.VisibleFlops(visible)),
            Masked(0));
        Assert.Equal(vit.VisibleFlops(8), Masked(1));
    }

    [Theory]
    [InlineData("{ kind = \"random-ramp\", ratio_end = 0.99 }", "ratio_end = 0.99 hides all of the 16 patches")]
    [InlineData("{ kind = \"similar\", ratio = 0.99 }", "ratio = 0.99 hides all of the 16 patches")]
    [InlineData("{ kind = \"attended\", ratio = 0.99 }", "ratio = 0.99 hides all of the 16 patches")]
    public void A_ratio_that_cannot_be_is_told_at_its_key(string masking, string mistake)
    {
        var problem = Assert.Single(Assert.Throws<ExperimentException>(() => Load([], Arm("odd", masking))).Problems);
        Assert.Contains(mistake, problem.Message);
        Assert.True(problem.At.Column > 1);
    }

    Experiment Load(string[] sets, params string[] arms) =>
        new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(arms), sets);
}

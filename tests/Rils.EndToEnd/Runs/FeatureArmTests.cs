using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;

namespace Rils.Tests.Engine.Runs;

/// <summary>The features target with each teacher: plans, costs, mistakes.</summary>
public sealed class FeatureArmTests : IDisposable
{
    /// <summary>The target is the arm's own features, beside the contrastive objective.</summary>
    const string Own = """
        [[arm]]
        name    = "own"
        masking = { kind = "random" }
        decoder = { kind = "mae" }
        target  = { kind = "features" }
        """;

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Of_text_space_and_an_own_full_pass_nothing_runs_where_a_frozen_backbones_features_are_predicted()
    {
        using var experiment = Load(TinyExperiment.Clip, TinyExperiment.Mim);
        var arm = Plan(experiment, "mim");
        Assert.Equal(["decode", "mask", "teacher.encode", "visible.tokens"], Names(arm, Stage.Forward));
        Assert.Equal(["features.loss"], Names(arm, Stage.Objective));
        Assert.Equal(["optimizer", "schedule"], Names(arm, Stage.Update));
        Assert.Equal(
            ["backbone.masked", "backbone.patches", "backbone.setup", "decoder.setup", "features.shape",
                "metrics.setup", "optimizer.setup", "teacher.frozen.setup", "untrained.setup",
                "weights.decay", "weights.setup"], Names(arm, Stage.Setup));
        Assert.Equal("teacher.encode makes TeacherTokens",
            arm.Pruned.Single(system => system.Definition.Name == "teacher.own").Reason);
    }

    [Fact]
    public void A_moving_average_needs_no_space_for_it_either()
    {
        using var experiment = Load(Own + "\nteacher = { kind = \"ema\" }\nobjective = \"none\"");
        var arm = Plan(experiment, "own");
        Assert.Equal(["decode", "mask", "teacher.encode", "visible.tokens"], Names(arm, Stage.Forward));
        Assert.Equal(["optimizer", "schedule", "teacher.follow"], Names(arm, Stage.Update));
        Assert.DoesNotContain("space.setup", Names(arm, Stage.Setup));
    }

    [Fact]
    public void Without_a_teacher_it_is_the_full_pass_that_contrast_makes_anyway()
    {
        using var experiment = Load(Own, TinyExperiment.Clip, TinyExperiment.Rils);
        Assert.Equal(["decode", "image.embed", "image.pool", "image.tokens", "mask", "teacher.own", "text.embed",
                "text.tokens", "visible.tokens"],
            Names(Plan(experiment, "own"), Stage.Forward));
        foreach (var arm in (string[])["clip", "rils"])
            Assert.DoesNotContain(Plan(experiment, arm).Systems,
                system => system.Name.StartsWith("teacher.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_language_target_takes_either_teachers_vectors()
    {
        foreach (var teacher in (string[])["{ kind = \"ema\" }", "{ kind = \"frozen\", from = \"clip\" }"])
        {
            using var experiment = Load(TinyExperiment.Clip, $"{TinyExperiment.Rils}\nteacher = {teacher}");
            Assert.Contains("teacher.project", Names(Plan(experiment, "rils"), Stage.Forward));
        }
    }

    [Fact]
    public void The_teachers_pass_is_counted_forward_only()
    {
        using var experiment = Load(TinyExperiment.Clip, TinyExperiment.Mim + "\nbackbone = { depth = 1 }");
        var costs = ArmCost.Of(experiment);
        long Pass(int arm, string name) => costs[arm].Passes.Where(pass => pass.Key == name).Sum(pass => pass.Value);
        Assert.True(Pass(0, "images") > 0);
        Assert.Equal(Pass(0, "images"), Pass(1, "teacher"));
        Assert.Equal(3 * (Pass(1, "visible patches") + Pass(1, "decoder")) + Pass(1, "teacher"), costs[1].Training);
    }

    [Fact]
    public void A_teacher_of_other_patches_is_refused_before_anything_is_trained()
    {
        using var experiment = Load(TinyExperiment.Clip, TinyExperiment.Mim + "\nbackbone = { patch = 16 }");
        var refused = Assert.Throws<SystemFailedException>(() => ArmCost.Of(experiment));
        Assert.Contains("[teacher] of arm clip cuts an image into 4 x 4 patches, and the arm's [backbone] into 2 x 2",
            Assert.IsType<ArgumentException>(refused.InnerException).Message);
    }

    [Fact]
    public void An_arm_without_text_is_no_teacher_of_the_language_target()
    {
        using var experiment = Load(TinyExperiment.Mae,
            $"{TinyExperiment.Rils}\nteacher = {{ kind = \"frozen\", from = \"mae\" }}");
        var refused = Assert.Throws<SystemFailedException>(() => ArmCost.Of(experiment));
        Assert.Contains("[teacher]: nothing of arm mae fits: ", refused.InnerException!.Message);
    }

    /// <summary>A run's file describes its backbone, wherever the file lies.</summary>
    [Fact]
    public void A_file_of_a_run_brings_its_own_backbone()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip), null, null, "backbone.width=24");
        var (inside, moved) = (Path.Combine(run, "seed-0", "clip", "model.safetensors"), tiny["moved.safetensors"]);
        File.Copy(inside, moved);
        string[] runs = [.. from file in (string[])[inside, moved]
            select tiny.Run(tiny.Write(TinyExperiment.Mim.Replace("from = \"clip\"", $"path = \"{file}\"")))];
        Assert.Equal(TinyExperiment.Weights(runs[0], "mim"), TinyExperiment.Weights(runs[1], "mim"));
        SafeTensors.Write(moved, SafeTensors.Read(moved), SafeTensors.ReadMetadata(moved).ToDictionary(
            entry => entry.Key, entry => entry.Value.Replace("kind = \"vit\"", "kind = \"vitt\"")));
        var unknown = Assert.Throws<ExperimentException>(() => Load(TinyExperiment.Mim.Replace(
            "from = \"clip\"", "path = \"moved.safetensors\""))).Message;
        Assert.Matches(@"moved\.safetensors:\d+:\d+: unknown kind `vitt` in \[backbone\]; did you mean `vit`\?",
            unknown);
    }

    [Theory]
    [InlineData("seed", "x", "`seed` in the file's __metadata__ is no whole number: x")]
    [InlineData("parts", "{", "`parts` in the file's __metadata__ is damaged: ")]
    [InlineData("experiment", "name = ", "the experiment in the file's __metadata__ is damaged: ")]
    public void A_damaged_description_is_told_with_file_and_key(string key, string value, string mistake)
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip));
        var file = Path.Combine(run, "seed-0", "clip", "model.safetensors");
        SafeTensors.Write(tiny["spoilt.safetensors"], SafeTensors.Read(file),
            new Dictionary<string, string>(SafeTensors.ReadMetadata(file)) { [key] = value });
        Assert.Contains($"[teacher]: {tiny["spoilt.safetensors"]}: {mistake}",
            Assert.Throws<ExperimentException>(() => Load(TinyExperiment.Mim.Replace(
                "from = \"clip\"", "path = \"spoilt.safetensors\""))).Message);
    }

    /// <summary>A foreign file does not describe its backbone, which must be like the arm's.</summary>
    [Fact]
    public void A_file_of_another_backbone_is_refused_before_anything_is_trained()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip), null, null, "backbone.width=24");
        SafeTensors.Write(tiny["foreign.safetensors"],
            SafeTensors.Read(Path.Combine(run, "seed-0", "clip", "model.safetensors")));
        using var experiment = Load(TinyExperiment.Mim.Replace("from = \"clip\"", "path = \"foreign.safetensors\""));
        var refused = Assert.Throws<SystemFailedException>(() => ArmCost.Of(experiment));
        Assert.Contains("foreign.safetensors has other shapes: visual.", refused.InnerException!.Message);
        Assert.Contains(", 24] there and ", refused.InnerException!.Message);
    }

    [Theory]
    [InlineData("cosine", 0.2, 0.9)]
    [InlineData("smooth-l1", 0.05, 0.9)]
    public void The_loss_falls_with_a_teacher_of_another_width_too(string loss, double least, double share)
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip + "\nbackbone = { width = 24 }", TinyExperiment.Mim),
            null, null, "steps=60", "schedule.learning_rate=1e-2", $"arm.mim.target.loss={loss}");
        double[] losses = [.. Values(run, "mim", "features")];
        Assert.Equal(60, losses.Length);
        Assert.True(losses[^10..].Average() < share * losses[..5].Average(),
            $"{losses[..5].Average()} to {losses[^10..].Average()}");
        Assert.True(losses[..5].Average() > least);
        Assert.All(Values(run, "mim", "features.spread"), spread => Assert.InRange(spread, 1e-3, 1));
        // The file holds the student's weights alone.
        var saved = SafeTensors.Read(Path.Combine(run, "seed-0", "mim", "model.safetensors"));
        Assert.Equal(16, saved["visual.cls_token"].shape[2]);
        Assert.All(saved.Keys, name => Assert.StartsWith("visual.", name));
    }

    [Fact]
    public void The_own_features_are_predicted_beside_contrast()
    {
        var run = tiny.Run(tiny.Write(Own), null, null, "steps=60", "schedule.learning_rate=1e-2");
        double[] losses = [.. Values(run, "own", "features")];
        Assert.True(losses[^10..].Average() < 0.8 * losses[..5].Average());
    }

    [Fact]
    public void In_chunks_it_is_the_same()
    {
        var file = tiny.Write(TinyExperiment.Clip, TinyExperiment.Mim);
        var (whole, parts) = (tiny.Run(file), tiny.Run(file, null, null, "data.chunk=5", "backbone.recompute=true"));
        Assert.Equal(6, Values(whole, "mim", "features").Count());
        foreach (var (one, other) in Values(whole, "mim", "features").Zip(Values(parts, "mim", "features")))
            Assert.Equal(one, other, 2e-4 * one);
    }

    static IEnumerable<double> Values(string run, string arm, string metric) =>
        TinyExperiment.Metrics(run, arm).Select(line => JsonElement.Parse(line).GetProperty(metric).GetDouble());

    static EntityPlan Plan(Experiment experiment, string arm) =>
        experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu")).Arms.Single(plan => plan.Entity.Name == arm);

    /// <summary>The names of a stage's systems, without the systems that make pictures.</summary>
    static IEnumerable<string> Names(EntityPlan plan, Stage stage) =>
        plan.In(stage).Select(system => system.Name)
            .Where(name => !name.StartsWith("gallery", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    Experiment Load(params string[] arms) =>
        new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(arms), []);
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;

namespace Rils.Tests.Engine.Runs;

/// <summary>MAE alone, and beside the contrastive objective: whole runs on real images.</summary>
public sealed class PixelArmTests : IDisposable
{
    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Of_text_and_of_whole_images_nothing_runs_where_only_pixels_are_predicted()
    {
        var plugins = TinyExperiment.Plugins;
        using var experiment = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(TinyExperiment.Mae), []);
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        Assert.Equal(["decode", "gallery.images", "mask", "visible.tokens"], Names(plan.Arms.Single(), Stage.Forward));
        Assert.Equal(["pixel.loss"], Names(plan.Arms.Single(), Stage.Objective));
        Assert.Equal(["backbone.masked", "backbone.patches", "backbone.setup", "decoder.setup", "gallery.setup",
            "metrics.setup", "optimizer.setup", "pixel.shape", "weights.decay", "weights.setup"],
            Names(plan.Arms.Single(), Stage.Setup));
        Assert.DoesNotContain("upload.EncodedCaptions", Names(plan.Shared, Stage.Forward));

        static IEnumerable<string> Names(EntityPlan plan, Stage stage) =>
            plan.In(stage).Select(system => system.Name).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("mae", TinyExperiment.Mae)]
    [InlineData("mae-clip", TinyExperiment.MaeClip)]
    public void The_error_of_the_pixels_falls(string arm, string text)
    {
        var run = tiny.Run(tiny.Write(text), null, null, "steps=60", "schedule.learning_rate=1e-2");
        double[] errors = [.. TinyExperiment.Metrics(run, arm)
            .Select(line => JsonElement.Parse(line).GetProperty("pixel").GetDouble())];
        Assert.Equal(60, errors.Length);
        Assert.InRange(errors[^10..].Average(), 0.05, 0.9 * errors[..5].Average());
    }

    [Fact]
    public void Without_text_space_tokenizer_and_objective_it_trains_to_the_same_bytes()
    {
        var file = tiny.Write(TinyExperiment.Mae);
        var bare = File.ReadAllText(file);
        foreach (var table in (string[])[@"\[data\.tokenizer\]",
            @"\[text\]", @"\[space\]", @"\[\[objective\]\]", "objective = \"none\""])
            bare = Regex.Replace(bare, $@"^{table}(\n.+)*\n?", "", RegexOptions.Multiline);
        Assert.DoesNotContain("kind = \"linear\"", bare);
        Assert.DoesNotContain("objective", bare);
        File.WriteAllText(tiny["bare.toml"], bare);
        var run = tiny.Run(tiny["bare.toml"]);
        Assert.Equal(TinyExperiment.Weights(tiny.Run(file), "mae"), TinyExperiment.Weights(run, "mae"));
        Assert.All(SafeTensors.Read(Path.Combine(run, "seed-0", "mae", "model.safetensors")).Keys,
            name => Assert.StartsWith("visual.", name));
    }

    [Fact]
    public void A_head_that_needs_text_leaves_out_the_arm_and_says_so()
    {
        List<(string, string)> said = [];
        List<string> evaluated = [];
        var sink = new CallbackSink(evaluated: outcome => evaluated.Add(outcome.Arm),
            leftOut: (head, arms) => said.Add((head, string.Join(", ", arms))));
        tiny.Run(tiny.Write(TinyExperiment.Mae, TinyExperiment.Clip, TinyExperiment.Retrieval), null, sink);
        Assert.Equal([("retrieval", "mae")], said);
        Assert.Equal(["clip", "clip"], evaluated);
        tiny.Run(tiny.Write(TinyExperiment.Mae, TinyExperiment.Retrieval), null, sink);
        Assert.Equal([("retrieval", "mae"), ("retrieval", "mae")], said);
        Assert.Equal(2, evaluated.Count);
    }
}

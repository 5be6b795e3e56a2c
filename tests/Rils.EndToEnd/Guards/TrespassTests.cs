using System.Text.Json;
using System.Text.RegularExpressions;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Guards;

/// <summary>A system that changes what it may only read is named and its arm stops; the other arms have the bytes that
/// they have alone.</summary>
public sealed class TrespassTests(TrespassTests.Innocents innocents) : IClassFixture<TrespassTests.Innocents>
{
    const string Steps = "steps=4";

    /// <summary>A run of blameless arms without culprits.</summary>
    public sealed class Innocents : IDisposable
    {
        readonly TinyExperiment tiny = new();

        public Innocents() => Alone = tiny.Run(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip), null, null, Steps);

        internal string Alone { get; }

        public void Dispose() => tiny.Dispose();
    }

    [Theory]
    [InlineData("noise", @"changes MaskNoise \(Float32 \[12, 16\]\) in place, though it only reads that")]
    [InlineData("images", @"changes Images \(Float32 \[12, 3, 32, 32\]\) in place")]
    [InlineData("captions", @"changes (CaptionTokens|EncodedCaptions) \(Int64 \[12, 16\]\) in place")]
    [InlineData("dispose_images", "disposes of Images, which others read")]
    [InlineData("noise_and_throw", "changes MaskNoise .* in place")]
    [InlineData("noise_in_backward", "changes MaskNoise .* in place", "backward", "what it calls of the arm's plugins")]
    [InlineData("sentences", @"changes TextEmbedding \(Float32 \[12, 16\]\) in place")]
    [InlineData("dispose_tokens", "disposes of ImageTokens")]
    [InlineData("parameter", "changes [a-z_.0-9]+ of Vit in place")]
    [InlineData("weights", "changes Weights .* in place")]
    [InlineData("no_gradients", "leaves gradients switched")]
    public void The_culprit_is_named_and_stops_first_between_and_last_and_the_others_train_on(
        string deed, string what, string system = @"trespass\[trespass\]", string who = "plugin Fixture.Trespass")
    {
        using var tiny = new TinyExperiment();
        var outcomes = Run(tiny, out var run, Culprit("first", deed, 0), TinyExperiment.Rils,
            Culprit("middle", deed, 1), TinyExperiment.Clip, Culprit("last", deed, 2));
        foreach (var (arm, step) in (ReadOnlySpan<(string, int)>)[("first", 0), ("middle", 1), ("last", 2)])
            Assert.Matches($"^{system} of arm {arm} failed at step {step}: {Regex.Escape(who)} {what}",
                outcomes.Single(outcome => outcome.Arm == arm).Failure);
        AssertInnocent(run, outcomes);
    }

    /// <summary>A look at the process's settings is slow: the engine looks after each system in the first step, and
    /// later once for each arm.</summary>
    [Theory]
    [InlineData("draw", "draws from libtorch's own generator")]
    [InlineData("default_type", "changes the default type of tensors")]
    public void What_is_the_processs_is_told_of_the_system_in_the_first_step_and_of_the_arm_in_later_ones(string deed,
        string what)
    {
        using var tiny = new TinyExperiment();
        var outcomes = Run(tiny, out var run, Culprit("first", deed, 0), TinyExperiment.Rils,
            Culprit("middle", deed, 1), TinyExperiment.Clip, Culprit("last", deed, 2));
        string Failure(string arm) => outcomes.Single(outcome => outcome.Arm == arm).Failure!;
        Assert.StartsWith($"trespass[trespass] of arm first failed at step 0: plugin Fixture.Trespass {what}",
            Failure("first"));
        Assert.StartsWith($"a system of arm middle failed at step 1: a plugin of the arm {what}", Failure("middle"));
        Assert.StartsWith($"a system of arm last failed at step 2: a plugin of the arm {what}", Failure("last"));
        AssertInnocent(run, outcomes);
    }

    [Fact]
    public void Parameters_that_a_system_freezes_are_told_in_the_first_step()
    {
        using var tiny = new TinyExperiment();
        var outcomes = Run(tiny, out var run, Culprit("first", "freeze", 0), TinyExperiment.Rils, TinyExperiment.Clip);
        Assert.Matches("^trespass.* of arm first failed at step 0: "
            + "plugin Fixture.Trespass switches the gradient of [a-z_.0-9]+ of Vit", outcomes[0].Failure);
        AssertInnocent(run, outcomes);
    }

    [Fact]
    public void Dropout_that_drops_nothing_and_work_on_copies_are_allowed()
    {
        using var tiny = new TinyExperiment();
        var outcomes = Run(tiny, out var run, Culprit("first", "nothing", 0), TinyExperiment.Rils, TinyExperiment.Clip,
            Culprit("last", "nothing", 1));
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        AssertInnocent(run, outcomes);
        // Both arms draw the same layer in Setup, whichever arm drew before.
        Assert.Equal(Drawn("first"), Drawn("last"));

        double Drawn(string arm) =>
            JsonDocument.Parse(TinyExperiment.Metrics(run, arm)[0]).RootElement.GetProperty("trespass.drawn")
            .GetDouble();
    }

    [Fact]
    public void A_setting_that_Setup_leaves_changed_is_told_before_other_arms_are_set_up()
    {
        using var tiny = new TinyExperiment();
        var failure = Assert.Throws<SystemFailedException>(() =>
            Run(tiny, out _, Culprit("first", "default_type_in_setup", 0), TinyExperiment.Clip));
        Assert.StartsWith("trespass.setup[trespass] of arm first failed in setup: "
            + "plugin Fixture.Trespass changes the default type of tensors", failure.Message);
        Assert.Equal(TorchSharp.torch.ScalarType.Float32, TorchSharp.torch.get_default_dtype());
    }

    [Fact]
    public void A_backbone_that_changes_the_images_is_named_by_its_plugin()
    {
        using var tiny = new TinyExperiment();
        var outcomes = Run(tiny, out var run, "[[arm]]\nname = \"zeroing\"\nbackbone = { kind = \"trespass\" }",
            TinyExperiment.Rils, TinyExperiment.Clip);
        Assert.StartsWith("image.tokens of arm zeroing failed at step 0: "
            + "plugin Fixture.Trespass changes Images (Float32 [12, 3, 32, 32]) in place", outcomes[0].Failure);
        AssertInnocent(run, outcomes);
    }

    [Theory]
    [InlineData("features", "a", "changes EvaluationBatch (Float32 [")]
    [InlineData("features", "b", "changes EvaluationBatch (Float32 [")]
    [InlineData("images", "b", "changes EvaluationBatch (Float32 [")]
    [InlineData("dispose_features", "a", "disposes of EvaluationBatch")]
    [InlineData("parameter", "b", "of Vit in place")]
    [InlineData("freeze", "b", "switches the gradient of ")]
    [InlineData("convert", "b", "of Vit")]
    [InlineData("zero_gradient", "b", "takes the gradients of Vit away")]
    public void A_head_spoils_nothing_for_other_heads_and_arms(string deed, string by, string what)
    {
        using var tiny = new TinyExperiment();
        string[] arms = [TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Clip.Replace("clip", "victim")];
        string Heads(string deed) => string.Join("\n", ((string[])["a", "b", "c"]).Select(name =>
            $"[[head]]\nname = \"{name}\"\nkind = \"trespass\"\n"
                + $"data = \"{Data}\"\nto = \"victim\"\ndeed = \"{(name == by ? deed : "nothing")}\""));
        var without = Run(tiny, out var honest, [.. arms, Heads("nothing")]);
        Assert.All(without, outcome => Assert.Null(outcome.Failure));
        var outcomes = Run(tiny, out var run, [.. arms, Heads(deed)]);
        var victim = outcomes.Single(outcome => outcome.Arm == "victim");
        // A head that spoils the batch loses its own result; a head that spoils the model stops the arm.
        var told = victim.Failure ?? victim.Heads.First(head => head.Head == by && head.Failure is not null).Failure;
        Assert.Matches(
            $"{(victim.Failure is null ? "" : $"head {by} .*: ")}plugin Fixture.Trespass .*{Regex.Escape(what)}", told);
        Assert.Equal(what.Contains("EvaluationBatch"), victim.Failure is null);
        AssertInnocent(run, outcomes);
        foreach (var arm in (string[])["rils", "clip"])
            Assert.Equal(Found(without, arm), Found(outcomes, arm));
        // Until the victim stops, its other heads find the same as without the culprit.
        Assert.Subset(Found(without, "victim").ToHashSet(),
            Found(outcomes, "victim").Where(found => !found.StartsWith(by)).ToHashSet());
        // A head draws the same layer for all arms, whatever was drawn before.
        Assert.Single(without.SelectMany(outcome => outcome.Heads).Where(head => head.Head == "a" && head.Step == 0)
            .Select(head => head.Metrics["drawn"].Value).Distinct());
    }

    static string Data => $"{Path.Combine(Golden.Repository.Root, "experiments", "data", "clipart-mini")}/val-*.tar";

    static string[] Found(IReadOnlyList<ArmOutcome> outcomes, string arm) =>
        [.. outcomes.Single(outcome => outcome.Arm == arm).Heads
            .Select(head => $"{head.Head} {head.Step} "
                + $"{string.Join(' ', head.Metrics.Select(metric => $"{metric.Key}={metric.Value.Value:r}"))}")];

    static string Culprit(string name, string deed, int step) =>
        $"[[arm]]\nname = \"{name}\"\nobjective = [{{ kind = \"contrastive\" }}, "
            + $"{{ kind = \"trespass\", deed = \"{deed}\", step = {step} }}]";

    static IReadOnlyList<ArmOutcome> Run(TinyExperiment tiny, out string run, params string[] arms)
    {
        run = tiny[$"run-{Guid.NewGuid():n}"];
        return tiny.RunIn(run, tiny.Write(arms),
            [.. TinyExperiment.PluginFolders, FixturePlugins.Of("Fixture.Trespass")], null, CancellationToken.None,
            Steps);
    }

    void AssertInnocent(string run, IReadOnlyList<ArmOutcome> outcomes)
    {
        foreach (var arm in (string[])["rils", "clip"])
        {
            Assert.Null(outcomes.Single(outcome => outcome.Arm == arm).Failure);
            Assert.Equal(TinyExperiment.Weights(innocents.Alone, arm), TinyExperiment.Weights(run, arm));
            Assert.Equal(TinyExperiment.Metrics(innocents.Alone, arm), TinyExperiment.Metrics(run, arm));
        }
    }
}

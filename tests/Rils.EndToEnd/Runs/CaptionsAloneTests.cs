using Rils.Contract;
using Rils.Engine.Execution;
using Rils.Models;
using Rils.Scheduling;
using Rils.Tests.Contracts;

namespace Rils.Tests.Engine.Runs;

/// <summary>Arms whose loss reads token ids and no sentence's feature make no text encoder.</summary>
public sealed class CaptionsAloneTests : IDisposable
{
    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    /// <summary>Options that do not tell the context before there is a text encoder.</summary>
    public sealed record SilentOptions;

    delegate void Lose(in StrangePlugin.None options, in ImageFeatures images, in CaptionTokens captions,
        Append<LossTerm> losses);

    static void Register(IRilsBuilder rils) => rils.Objective<StrangePlugin.None>("words")
        .TextEncoder<SilentOptions>("silent", static (_, context) => new TextTransformer(
            new() { Context = 9, Width = 16, Depth = 1, Heads = 2 }, context.VocabularySize))
        .System(Stage.Objective, "words", (Lose)((in StrangePlugin.None _, in ImageFeatures images,
            in CaptionTokens captions, Append<LossTerm> losses) =>
            losses.Add(new(losses.Name, images.Vectors.mean() * captions.Tokens.shape[1]))));

    static string Arm(string name, string more = "") =>
        $"[[arm]]\nname = \"{name}\"\nobjective = [{{ kind = \"words\" }}]\n{more}";

    [Fact]
    public void They_train_and_have_the_backbone_alone()
    {
        var file = strange.Tiny.Write(Arm("words"), Arm("silent", "text = { kind = \"silent\" }"), TinyExperiment.Clip);
        Assert.All(strange.Run("run", Register, file, null, default, "steps=3"),
            outcome => Assert.Null(outcome.Failure));
        var (experiment, _) = strange.Load(Register, file);
        using (experiment)
        {
            var plans = experiment.PlanOf(experiment.NewWorld(0, "cpu")).Arms
                .ToDictionary(arm => arm.Entity.Name, arm => arm.Systems.Select(system => system.Name).ToArray());
            Assert.DoesNotContain("text.setup", plans["words"]);
            Assert.Contains("text.context", plans["words"]);
            // Where only the encoder can tell the length of a sentence, the encoder is made.
            Assert.Contains("text.setup", plans["silent"]);
            Assert.Contains("text.encoder", plans["silent"]);
            Assert.DoesNotContain("text.encoder", plans["clip"]);
            var costs = ArmCost.Of(experiment);
            Assert.Equal(new Vit(new() { Patch = 8, Width = 16, Depth = 2, Heads = 2 }, 32).parameters()
                .Sum(parameter => parameter.numel()), costs[0].Parameters);
        }
    }

    sealed record LyingOptions : ITextOptions
    {
        public TextShape Shape => new(16, 12);
    }

    [Fact]
    public void Options_that_tell_another_shape_than_the_encoder_has_are_refused() => Assert.Contains(
        "Shape of the text encoder of TextTransformer (plugin Rils.TextTransformer): "
            + "expected TextShape { Width = 16, Context = 12 }, as its options tell by Shape, got "
            + "TextShape { Width = 16, Context = 9 }",
        strange.Refusal(rils => rils.TextEncoder<LyingOptions>("lying", static (_, context) => new TextTransformer(
            new() { Context = 9, Width = 16, Depth = 1, Heads = 2 }, context.VocabularySize)),
            TinyExperiment.Clip + "\ntext = { kind = \"lying\" }"));
}

using Rils.Configuration;
using Rils.Contract;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A part that returns something else than its slot promises fails in the first step. The message names the
/// system that runs the part, and the plugin.</summary>
public sealed class ReturnedValueTests : IDisposable
{
    const string Arm = "[[arm]]\nname = \"odd\"\n";
    static readonly string Clip = $"{Arm}backbone = {StrangeExperiment.Kind}";

    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    static Action<IRilsBuilder> Backbone(Func<Tensor, Tensor>? change = null,
        Func<BackboneShape, BackboneShape>? tells = null, Func<PatchShape, PatchShape>? cuts = null) => rils =>
            rils.Backbone<StrangePlugin.None, WrappedBackbone>(
                "strange", (_, context) => new WrappedBackbone(context, change, tells, cuts));

    public static TheoryData<string, string> Tokens => new()
    {
        { "narrow", "expected [batch, prefix + patches, width] = [12, 17, 16], got [12, 17, 15]" },
        { "no class token", "= [12, 17, 16], got [12, 16, 16]" },
        { "flat", "= [12, 17, 16], got [12, 272]" },
        { "integers", "expected floating-point numbers, got Int64" },
        { "NaN", "expected finite numbers, got 12 of 3264 that are not (NaN or infinite)" },
        { "elsewhere", "expected a tensor on cpu, got one on meta" },
        { "one row",
            "a pass of WrappedBackbone (plugin Rils.Engine.Tests): "
                + "expected a row for each of 12 samples, got [1, 17, 16]" },
        { "empty", "a pass of WrappedBackbone (plugin Rils.Engine.Tests): "
            + "expected a row for each of 12 samples, got [0]" },
        { "null", "a pass of WrappedBackbone (plugin Rils.Engine.Tests): expected a tensor, got null" },
        { "disposed",
            "a pass of WrappedBackbone (plugin Rils.Engine.Tests): expected a tensor, got a disposed one; "
                + "let it leave its dispose scope by MoveToOuterDisposeScope()" },
    };

    static Tensor Changed(string how, Tensor tokens)
    {
        switch (how)
        {
            case "narrow": return tokens.narrow(2, 0, 15);
            case "no class token": return tokens.narrow(1, 1, 16);
            case "flat": return tokens.flatten(1);
            case "integers": return tokens.to(ScalarType.Int64);
            case "NaN": return tokens.index_fill(1, tensor(new long[] { 3 }), float.NaN).where(arange(16).eq(2),
                tokens);
            case "elsewhere": return tokens.to(new Device(DeviceType.META));
            case "one row": return tokens.narrow(0, 0, 1);
            case "empty": return zeros(0);
            case "null": return null!;
            default:
                tokens.Dispose();
                return tokens;
        }
    }

    /// <summary>The backbone sees the parts of a batch, so the expected count of samples is a part's.</summary>
    [Theory, MemberData(nameof(Tokens))]
    public void Tokens_of_a_backbone(string how, string says)
    {
        var failure = strange.Failure(Backbone(tokens => Changed(how, tokens)), Clip);
        Assert.StartsWith("image.tokens of arm odd failed at step 0: ", failure);
        Assert.Contains("WrappedBackbone (plugin Rils.Engine.Tests)", failure);
        if (!says.Contains("12 samples")) Assert.Contains(says, failure);
        else Assert.Matches(@"expected a row for each of \d samples, got \[(0|1, 17, 16)\]", failure);
    }

    [Fact]
    public void Parts_of_a_chunk_are_not_stretched_to_fit() => Assert.Contains(
        "expected a row for each of ",
        strange.Failure(Backbone(tokens => tokens.narrow(0, 0, 1)), Clip, "data.chunk=8"));

    [Fact]
    public void A_shape_that_is_not_the_tokens() => Assert.Contains(
        "ImageTokens.Tokens of WrappedBackbone (plugin Rils.Engine.Tests): "
            + "expected [batch, prefix + patches, width] = [12, 26, 16], got [12, 17, 16]",
        strange.Failure(Backbone(cuts: shape => shape with { Grid = new(5, 5) }), Clip));

    [Theory]
    [InlineData(0, 4, 8, "Grid.Rows of at least 1, got 0")]
    [InlineData(4, 4, -8, "PatchSize of at least 1, got -8")]
    public void Patches_of_nothing(int rows, int columns, int patch, string says) => Assert.StartsWith(
        "backbone.patches of arm odd failed in setup: "
            + $"Patches of the backbone of WrappedBackbone (plugin Rils.Engine.Tests): expected {says}",
        strange.Refusal(Backbone(cuts: _ => new(new(rows, columns), patch, 1)), Clip));

    [Fact]
    public void A_width_of_nothing() => Assert.StartsWith(
        "backbone.setup of arm odd failed in setup: Shape of the backbone of WrappedBackbone "
            + "(plugin Rils.Engine.Tests): expected Width of at least 1, got 0",
        strange.Refusal(Backbone(tells: _ => new(0)), Clip));

    [Fact]
    public void No_shape() => Assert.Contains(
        "BackboneShape of WrappedBackbone (plugin Rils.Engine.Tests): expected a value, got null",
        strange.Refusal(Backbone(tells: _ => null!), Clip));

    [Fact]
    public void No_part_at_all()
    {
        var refusal = strange.Refusal(rils =>
            rils.Backbone<StrangePlugin.None, WrappedBackbone>("strange", static (_, _) => null!), Clip);
        Assert.Contains("[backbone]: the factory of plugin Strange returned null: tell the plugin's author", refusal);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(1)]
    public void Features_of_a_text_encoder(int width) => Assert.StartsWith(
        "text.embed of arm odd failed at step 0: features of WrappedText (plugin Rils.Engine.Tests): "
            + $"expected [captions, width] = [12, 16], got [12, {width}]",
        strange.Failure(rils => rils.TextEncoder<StrangePlugin.None>("strange",
            (_, context) => new WrappedText(context, features => features.narrow(1, 0, width))),
            $"{Arm}text = {StrangeExperiment.Kind}"));

    [Theory]
    [InlineData("pixel", 192)]
    [InlineData("language", 16)]
    public void Predictions_are_the_decoders_matter_not_the_losses(string target, int width)
    {
        var failure = strange.Failure(rils => rils.Decoder<StrangePlugin.None>("strange",
            (_, context) => new WrappedDecoder(context, tokens => tokens.narrow(2, 0, width - 1))),
            $"{Arm}masking = {{ kind = \"random\" }}\ndecoder = {StrangeExperiment.Kind}\n"
                + $"target = {{ kind = \"{target}\" }}");
        Assert.StartsWith("decode of arm odd failed at step 0: "
            + "PatchPrediction.Tokens of WrappedDecoder (plugin Rils.Engine.Tests): ", failure);
        Assert.Matches($@"expected \[selected, prefix \+ patches, target width\] = \[\d+, 17, {width}\], "
            + $@"got \[\d+, 17, {width - 1}\]", failure);
    }

    sealed class OddSpace(Func<Tensor, Tensor> change, Func<Tensor> scale) : SharedSpace("space")
    {
        public override int Dimensions => 16;

        public override Tensor LogitScale => scale();

        public override Tensor ProjectImages(Tensor features) => change(features);

        public override Tensor ProjectTexts(Tensor features) => features.alias();

        public override void Initialize(RandomStream random) { }
    }

    static Action<IRilsBuilder> Space(Func<Tensor, Tensor> change, Func<Tensor> scale) => rils =>
        rils.Space<StrangePlugin.None>("strange", (_, _) => new OddSpace(change, scale));

    [Fact]
    public void Vectors_of_a_shared_space() => Assert.StartsWith(
        "image.embed of arm odd failed at step 0: ImageEmbedding.Vectors of OddSpace (plugin Rils.Engine.Tests): "
            + "expected [batch, dimensions] = [12, 16], got [12, 8]",
        strange.Failure(Space(features => features.narrow(1, 0, 8), () => ones([])),
            $"{Arm}space = {StrangeExperiment.Kind}"));

    [Theory]
    [InlineData("[1]",
        "LogitScale of the shared space of OddSpace (plugin Rils.Engine.Tests): "
            + "expected a single number, [] = [], got [1]")]
    [InlineData("null", "LogitScale of the shared space of OddSpace (plugin Rils.Engine.Tests): "
        + "expected a tensor, got null")]
    public void A_logit_scale(string what, string says) => Assert.Equal(
        $"space.setup of arm odd failed in setup: {says}",
        strange.Refusal(Space(features => features.alias(), () => what == "null" ? null! : ones(1)),
            $"{Arm}space = {StrangeExperiment.Kind}"));

    sealed record TellingOptions : IBackboneOptions
    {
        public BackboneShape ShapeFor(int imageSize) => new(24);
    }

    [Fact]
    public void Options_that_tell_another_shape_than_the_backbone_has() => Assert.Contains(
        "Shape of the backbone of WrappedBackbone (plugin Rils.Engine.Tests): "
            + "expected BackboneShape { Width = 24, Layers = 0 }, ",
        strange.Refusal(rils => rils.Backbone<TellingOptions, WrappedBackbone>(
            "strange", (_, context) => new WrappedBackbone(context)), Clip));

    [Fact]
    public void A_backbone_without_attention_makes_no_attended_mask()
    {
        const string Attended = "masking = { kind = \"attended\" }\n";
        static Action<IRilsBuilder> Tokens() => rils => rils.Backbone<StrangePlugin.None, WrappedBackbone>(
            "strange", static (_, context) => new WrappedBackbone(context));
        foreach (var teacher in (string[])["", "teacher = { kind = \"ema\" }\n"])
            Assert.Contains("[masking] of kind attended cannot work in arm odd, which lacks [backbone] that gives "
                + "attention maps (kinds: vit/vit): take such a backbone",
                Assert.Throws<ExperimentException>(() => strange.Load(Tokens(), strange.Tiny.Write($"[[arm]]\n"
                    + $"name = \"odd\"\nbackbone = {StrangeExperiment.Kind}\n{Attended}{teacher}"))).Message);
        // A frozen teacher's backbone is known once it is made.
        var arms = $"[[arm]]\nname = \"odd\"\nbackbone = {StrangeExperiment.Kind}\n\n"
            + TinyExperiment.Mim.Replace("\"clip\"", "\"odd\"").Replace("{ kind = \"random\" }",
                "{ kind = \"attended\" }");
        Assert.Contains("[teacher] does not tell what its class token attends to", strange.Refusal(Tokens(), arms));
    }

    sealed class Undrawn : nn.Module
    {
        public Undrawn() : base("undrawn") =>
            register_parameter("weight", new TorchSharp.Modules.Parameter(full(3, double.NaN).to(ScalarType.Float32)));
    }

    delegate void Append(in BackboneShape shape, Append<Trainable> parts);

    [Fact]
    public void Parameters_that_nobody_drew() => Assert.Equal(
        "weights.setup of arm odd failed in setup: undrawn.weight of Undrawn (plugin Rils.Engine.Tests): "
            + "expected finite numbers after Initialize, got some that are not (NaN or infinite)",
        strange.Refusal(rils => rils.System(Stage.Setup, "undrawn",
            (Append)((in BackboneShape _, Append<Trainable> parts) => parts.Add(new("undrawn.", new Undrawn())))),
            $"[[arm]]\nname = \"odd\""));

    [Fact]
    public void Sound_parts_of_a_stranger_train()
    {
        var outcomes = strange.Run("sound", Backbone(), strange.Tiny.Write(Clip, TinyExperiment.Clip), null, default,
            "steps=3");
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
    }
}

using Rils.Contract;
using TorchSharp;
using TorchSharp.Modules;
using static Rils.Tests.Conforming.Wrong;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Rils.Tests.Conforming;

/// <summary>Text encoders, spaces and decoders that are wrong in one way, each found by the check of that
/// way.</summary>
public sealed class BadModulesTests
{
    [Theory]
    [WrongFor(typeof(TextEncoder))]
    [InlineData("shapes", "Encode returns [4, 3], and the contract tells [4, 4]")]
    [InlineData("inputs are read only", "Encode changes its input")]
    [InlineData("living tensors", "Encode leaves 1 tensors alive")]
    [InlineData("same result twice", "Encode of equal inputs returns other numbers")]
    [InlineData("samples apart", "depends on the samples beside it")]
    [InlineData("gradients", "no gradient arrives at unused")]
    [InlineData("initialization", "Initialize gives proj.weight other numbers for the same stream")]
    [InlineData("parts", "Encode in 2 parts differs")]
    [InlineData("bf16", "the check ended with ExternalException")]
    public void A_wrong_text_encoder_is_found(string check, string what) => Finds(check, what, rils =>
        rils.TextEncoder<None>("bad", (_, experiment) => new BadText(check, experiment.VocabularySize)));

    [Theory]
    [WrongFor(typeof(SharedSpace))]
    [InlineData("shapes", "ProjectTexts returns [4, 3], and the contract tells [4, 4]")]
    [InlineData("inputs are read only", "ProjectImages changes its input")]
    [InlineData("living tensors", "ProjectTexts leaves 1 tensors alive")]
    [InlineData("same result twice", "ProjectImages of equal inputs returns other numbers")]
    [InlineData("samples apart", "depends on the samples beside it")]
    [InlineData("gradients", "no gradient arrives at unused")]
    [InlineData("initialization", "Initialize gives proj.weight other numbers for the same stream")]
    [InlineData("parts", "ProjectImages in 2 parts differs")]
    [InlineData("bf16", "the check ended with ExternalException")]
    public void A_wrong_space_is_found(string check, string what) => Finds(check, what, rils =>
        rils.Space<None>("bad", (_, context) => new BadSpace(check, context.Backbone.Width)));

    [Theory]
    [WrongFor(typeof(Decoder))]
    [InlineData("shapes", "Predict returns [4, 17, 11], and the contract tells [4, 17, 12]")]
    [InlineData("inputs are read only", "Predict changes its input")]
    [InlineData("living tensors", "Predict leaves 1 tensors alive")]
    [InlineData("same result twice", "Predict of equal inputs returns other numbers")]
    [InlineData("samples apart", "depends on the samples beside it")]
    [InlineData("gradients", "no gradient arrives at unused")]
    [InlineData("initialization", "Initialize gives proj.weight other numbers for the same stream")]
    [InlineData("parts", "Predict in 2 parts differs")]
    [InlineData("bf16", "the check ended with ExternalException")]
    public void A_wrong_decoder_is_found(string check, string what) => Finds(check, what, rils =>
        rils.Decoder<None>("bad", (_, context) => new BadDecoder(check, context)));

    [Fact]
    public void Right_modules_pass()
    {
        var checks = Checked(rils => rils
            .TextEncoder<None>("good", static (_, experiment) => new BadText("", experiment.VocabularySize))
            .Space<None>("good", static (_, context) => new BadSpace("", context.Backbone.Width))
            .Decoder<None>("good", static (_, context) => new BadDecoder("", context))).ToArray();
        // Each of the three kinds has nine checks of its own and an arm in training, and each has documented options.
        string[] own = ["shapes", "inputs are read only", "samples apart", "initialization"];
        Assert.All(own, check => Assert.Equal(3, checks.Count(passed => passed == check)));
        Assert.All(OfArms, check => Assert.InRange(checks.Count(passed => passed == check), 3, 6));
    }

    /// <summary>A linear layer that a module of a test uses, in the right way or in a wrong one.</summary>
    sealed class Projection
    {
        readonly string wrong;

        public Projection(string wrong, int from, int to)
        {
            (this.wrong, Linear) = (wrong, nn.Linear(from, to, hasBias: false));
            Unused = wrong == "gradients" ? new(zeros(3)) : null;
        }

        public Linear Linear { get; }

        public Parameter? Unused { get; }

        public Tensor Apply(Tensor input, Tensor rows)
        {
            if (wrong == "living tensors") zeros(1).DetachFromDisposeScope();
            var result = Linear.forward(wrong == "bf16"
                ? rows.to(ScalarType.Float32) : rows.to(Linear.weight!.dtype));
            if (wrong == "inputs are read only") input.add_(1);
            if (wrong is "samples apart" or "parts") result = result - result.mean([0], keepdim: true);
            if (wrong == "same result twice") result = result + Elsewhere.NextNormal();
            return wrong == "shapes" ? result.narrow(-1, 0, result.shape[^1] - 1) : result;
        }

        public void Draw(RandomStream random)
        {
            if (wrong != "initialization") Initialization.XavierUniform(Linear.weight!, random.Fork("weight"));
        }
    }

    sealed class BadText : TextEncoder
    {
        readonly Projection projection;
        readonly Linear proj;
        readonly Parameter words;
        readonly Parameter? unused;

        public BadText(string wrong, int vocabulary) : base("bad")
        {
            projection = new(wrong, 4, 4);
            (proj, unused) = (projection.Linear, projection.Unused);
            words = new(zeros(vocabulary, 4));
            RegisterComponents();
        }

        public override TextShape Shape => new(4, 12);

        public override Tensor Encode(Tensor tokens)
        {
            var vectors = words.index_select(0, tokens.flatten()).reshape(tokens.shape[0], tokens.shape[1], 4);
            var isWord = tokens.ne(0).unsqueeze(-1).to(vectors.dtype);
            return projection.Apply(tokens, (vectors * isWord).sum(1) / isWord.sum(1));
        }

        public override void Initialize(RandomStream random)
        {
            Initialization.Normal(words, 1, random.Fork("words"));
            projection.Draw(random);
        }

        public override long Flops(int tokens) => 4 * tokens;
    }

    sealed class BadSpace : SharedSpace
    {
        readonly Projection projection;
        readonly Linear proj;
        readonly Parameter scale = new(zeros(Array.Empty<long>()));
        readonly Parameter? unused;

        public BadSpace(string wrong, int width) : base("bad")
        {
            projection = new(wrong, width, 4);
            (proj, unused) = (projection.Linear, projection.Unused);
            RegisterComponents();
        }

        public override int Dimensions => 4;

        public override Tensor LogitScale => scale.to(ScalarType.Float32).exp();

        public override Tensor ProjectImages(Tensor features) => projection.Apply(features, features);

        public override Tensor ProjectTexts(Tensor features) => projection.Apply(features, features);

        public override void Initialize(RandomStream random) => projection.Draw(random);
    }

    sealed class BadDecoder : Decoder
    {
        readonly Projection projection;
        readonly Linear proj;
        readonly Parameter? unused;

        public BadDecoder(string wrong, DecoderContext context) : base("bad")
        {
            projection = new(wrong, context.Backbone.Width, context.Target.Width);
            (proj, unused) = (projection.Linear, projection.Unused);
            RegisterComponents();
        }

        public override Tensor Predict(Tensor tokens, Tensor restore)
        {
            var prefix = tokens.shape[1] - restore.shape[1] / 2;
            var hidden = tokens.mean([1], keepdim: true).expand(-1, restore.shape[1] / 2, -1);
            var patches = cat([tokens.narrow(1, prefix, restore.shape[1] / 2), hidden], 1);
            return projection.Apply(tokens,
                cat([tokens.narrow(1, 0, prefix), ImageTokens.PickRows(patches, restore)], 1));
        }

        public override void Initialize(RandomStream random) => projection.Draw(random);

        public override long Flops(int visible) => 0;
    }
}

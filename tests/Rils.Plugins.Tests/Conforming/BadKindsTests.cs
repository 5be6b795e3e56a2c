using Rils.Contract;
using Rils.Scheduling;
using Rils.Testing;
using Rils.Testing.Tensors;
using static Rils.Tests.Conforming.Wrong;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Rils.Tests.Conforming;

/// <summary>Each check of the kit fails for a kind that is wrong in one way, and names it.</summary>
public sealed class BadKindsTests
{
    [Theory]
    [WrongFor(typeof(IMasking))]
    [InlineData("partition", "lists a patch twice, or leaves one out")]
    [InlineData("noise is read only", "Mask changes the noise")]
    [InlineData("living tensors", "leaves 1 tensors alive")]
    [InlineData("same result twice", "hides other patches for the same noise")]
    [InlineData("samples apart", "the mask of an image depends on the images beside it")]
    public void A_wrong_masking_is_found(string check, string what) => Finds(check, what, rils =>
        rils.Masking<None>("bad", (_, _) => new BadMasking(check)));

    [Fact]
    public void A_right_masking_passes() => Assert.Equal(
        ["documented", "partition", "noise is read only", "living tensors", "same result twice", "samples apart",
            .. OfArms],
        Checked(rils => rils.Masking<None>("good", static (_, _) => new BadMasking(""))));

    sealed class BadMasking(string wrong) : IMasking
    {
        public int Visible(int patches) => patches / 4;

        public PatchMask Mask(Tensor noise, PatchGrid grid)
        {
            if (wrong == "noise is read only") noise.add_(1);
            if (wrong == "living tensors") zeros(1).DetachFromDisposeScope();
            if (wrong == "same result twice") noise = noise.roll(1 + Elsewhere.NextInt32(1000), 1);
            if (wrong == "samples apart") noise = noise.roll(1, 0);
            var mask = PatchMask.KeepSmallest(noise, Visible(grid.Count));
            return wrong == "partition" ? mask with { Hidden = mask.Hidden.roll(1, 0) } : mask;
        }
    }

    [Theory]
    [WrongFor(typeof(Backbone))]
    [InlineData("shapes", "Features returns [4, 3], and the contract tells [4, 4]")]
    [InlineData("inputs are read only", "Features changes its input")]
    [InlineData("living tensors", "Features leaves 1 tensors alive")]
    [InlineData("same result twice", "Features of equal inputs returns other numbers")]
    [InlineData("samples apart", "depends on the samples beside it")]
    [InlineData("gradients", "no gradient arrives at unused")]
    [InlineData("initialization", "Initialize gives weight other numbers for the same stream")]
    [InlineData("parts", "Features in 2 parts differs")]
    [InlineData("bf16", "the check ended with ExternalException")]
    [InlineData("other sizes", "FlopsFor(32) is 25, and Flops is 24")]
    public void A_wrong_backbone_is_found(string check, string what) => Finds(check, what, rils =>
        rils.Backbone<None, BadBackbone>("bad", (_, _) => new BadBackbone(check)));

    [Fact]
    public void A_backbone_that_gives_other_widths_at_other_sizes_is_found() => Finds("other sizes",
        "Features of images of 16 pixels returns [4, 3]", static rils =>
            rils.Backbone<None, BadBackbone>("bad", static (_, _) => new BadBackbone("small")));

    [Fact]
    public void A_right_backbone_passes() => Assert.Equal(
        ["documented", "shapes", "inputs are read only", "living tensors", "same result twice", "samples apart",
            "gradients", "initialization", "parts", "bf16", "other sizes", .. OfArms],
        Checked(rils => rils.Backbone<None, BadBackbone>("good", static (_, _) => new BadBackbone(""))));

    sealed class BadBackbone : Backbone, IOtherSizes
    {
        readonly string wrong;

        readonly Parameter weight = new(randn(4, 3));

        readonly Parameter? unused;

        public BadBackbone(string wrong) : base("bad")
        {
            this.wrong = wrong;
            if (wrong == "gradients") unused = new(zeros(3));
            RegisterComponents();
        }

        public override BackboneShape Shape => new(4);

        public override Tensor Features(Tensor images)
        {
            if (wrong == "inputs are read only") images.mul_(2);
            if (wrong == "living tensors") zeros(1).DetachFromDisposeScope();
            var mean = images.mean([2, 3]);
            if (wrong is "samples apart" or "parts") mean = mean - mean.mean([0], keepdim: true);
            if (wrong == "same result twice") mean = mean + Elsewhere.NextNormal();
            if (wrong != "bf16") mean = mean.to(weight.dtype);
            var features = nn.functional.linear(mean, weight);
            var isSmall = images.shape[2] == 16 && wrong == "small";
            return wrong == "shapes" || isSmall ? features.narrow(1, 0, 3) : features;
        }

        public string? SizeMistake(int size) => null;

        public long FlopsFor(int size) => wrong == "other sizes" ? 25 : 24;

        public override void Initialize(RandomStream random)
        {
            if (wrong != "initialization") Initialization.XavierUniform(weight, random.Fork("weight"));
        }

        public override long Flops => 24;
    }

    [Fact]
    [WrongFor(typeof(TextEncoder), "padding")]
    public void A_text_encoder_that_sees_padding_is_found()
    {
        Finds("padding", "Encode of captions with more zeros behind them differs", rils =>
            rils.TextEncoder<None>("bad", static (_, experiment) => new MeanText(experiment, seesPadding: true)));
        Assert.Contains("padding", Checked(rils =>
            rils.TextEncoder<None>("good", static (_, experiment) => new MeanText(experiment, seesPadding: false))));
    }

    sealed class MeanText : TextEncoder
    {
        readonly bool seesPadding;

        readonly Parameter words;

        public MeanText(ExperimentContext experiment, bool seesPadding) : base("mean")
        {
            this.seesPadding = seesPadding;
            words = new(zeros(experiment.VocabularySize, 4));
            RegisterComponents();
        }

        public override TextShape Shape => new(4, 12);

        public override Tensor Encode(Tensor tokens)
        {
            var vectors = words.index_select(0, tokens.flatten()).reshape(tokens.shape[0], tokens.shape[1], 4);
            if (seesPadding) return vectors.mean([1]);
            var isWord = tokens.ne(0).unsqueeze(-1).to(vectors.dtype);
            return (vectors * isWord).sum(1) / isWord.sum(1);
        }

        public override void Initialize(RandomStream random) =>
            Initialization.Normal(words, 1, random.Fork("words"));

        public override long Flops(int tokens) => 4 * tokens;
    }

    [Theory]
    [WrongFor(typeof(IOptimizer))]
    [InlineData("moves weights", "moves no weight")]
    [InlineData("same result twice", "two runs over equal gradients")]
    [InlineData("resume", "a run that goes on from its checkpoint")]
    [InlineData("living tensors", "a step leaves 2 tensors alive")]
    public void A_wrong_optimizer_is_found(string check, string what) => Finds(check, what, rils =>
        rils.Optimizer<None>("bad", (_, _) => new BadOptimizer(check)));

    [Fact]
    public void A_right_optimizer_passes() => Assert.Equal(
        ["documented", "moves weights", "same result twice", "resume", "living tensors", .. OfArms],
        Checked(rils => rils.Optimizer<None>("good", static (_, _) => new BadOptimizer(""))));

    sealed class BadOptimizer(string wrong) : IOptimizer
    {
        int hidden;

        public OptimizerState Start(Weights weights) => new(new Dictionary<string, Tensor>());

        public void Step(Weights weights, OptimizerState state, double learningRate)
        {
            using var constant = no_grad();
            using var scope = NewDisposeScope();
            var rate = wrong switch
            {
                "moves weights" => 0,
                "same result twice" => learningRate * Elsewhere.NextDouble(),
                "resume" => learningRate / ++hidden,
                _ => learningRate,
            };
            foreach (var group in weights.Groups)
            {
                var step = rate * group.LearningRate * group.Gradient;
                group.Values.sub_(step);
                if (wrong == "living tensors") step.DetachFromDisposeScope();
            }
        }
    }

    [Theory]
    [WrongFor(typeof(ISchedule))]
    [InlineData(double.NaN, false, "rates", "the rate of step 0 is NaN")]
    [InlineData(1, true, "function of the step", "depends on the steps that were asked before")]
    public void A_wrong_schedule_is_found(double rate, bool counts, string check, string what) =>
        Finds(check, what, rils => rils.Schedule<None>("bad", (_, _) => new BadSchedule(rate, counts)));

    sealed class BadSchedule(double rate, bool counts) : ISchedule
    {
        int asked;

        public double LearningRate(long step) => counts ? rate / ++asked : rate;
    }

    [Theory]
    [WrongFor(typeof(IAugmentation), "pixels")]
    [InlineData("stream", "Train gives other pixels for the same image and stream")]
    [InlineData("fill", "Train leaves pixels as they were")]
    [InlineData("refuse", "three bytes that are no image are decoded")]
    public void A_wrong_augmentation_is_found(string wrong, string what) => Finds("pixels", what, rils =>
        rils.Augmentation<None>("bad", (_, _) => new BadAugmentation(wrong)));

    sealed class BadAugmentation(string wrong) : IAugmentation
    {
        public ImageCrop Train(ReadOnlyMemory<byte> encoded, RandomStream random, Span<byte> pixels)
        {
            var draws = wrong == "stream" ? Elsewhere : random.Draw();
            pixels[(wrong == "fill" ? 1 : 0)..].Fill((byte)draws.NextUInt32());
            return new(0, 0, 1, 1, false, 1, 1);
        }

        public ImageCrop Evaluate(ReadOnlyMemory<byte> encoded, Span<byte> pixels)
        {
            if (encoded.Length < 8 && wrong != "refuse") throw new SampleException("no image");
            pixels.Fill(7);
            return new(0, 0, 1, 1, false, 1, 1);
        }
    }

    [Theory]
    [WrongFor(typeof(IViewAugmentation), "pixels")]
    [InlineData("stream", "Make gives other pixels for the same image and stream")]
    [InlineData("fill", "Make leaves pixels as they were")]
    [InlineData("sizes", "Sizes is [32, 0]")]
    [InlineData("count", "Make returns 1 parts of the image for 2 views")]
    public void Wrong_views_are_found(string wrong, string what) => Finds("pixels", what, rils =>
        rils.Views<None>("bad", (_, _) => new BadViews(wrong)));

    [Fact]
    public void Right_views_pass() => Assert.Equal(["documented", "pixels", .. OfArms],
        Checked(rils => rils.Views<None>("good", static (_, _) => new BadViews(""))));

    sealed class BadViews(string wrong) : IViewAugmentation
    {
        public IReadOnlyList<int> Sizes => [32, wrong == "sizes" ? 0 : 32];

        public IReadOnlyList<ImageCrop> Make(
            ReadOnlyMemory<byte> encoded, RandomStream random, IReadOnlyList<Memory<byte>> views)
        {
            var draws = wrong == "stream" ? Elsewhere : random.Draw();
            views[0].Span.Fill((byte)draws.NextUInt32());
            views[1].Span[(wrong == "fill" ? 1 : 0)..].Fill((byte)draws.NextUInt32());
            var whole = new ImageCrop(0, 0, 1, 1, false, 1, 1);
            return wrong == "count" ? [whole] : [whole, whole];
        }
    }

    [Fact]
    [WrongFor(typeof(IMaskingOptions), "visible patches")]
    public void Masking_options_that_tell_an_impossible_number_are_found() => Finds("visible patches",
        "Visible tells 0 of 196 patches for step 10 of 20", static rils => rils.Masking<BadVisible>("bad"));

    /// <summary>Options whose number of patches falls to 0.</summary>
    public sealed record BadVisible : IMaskingOptions
    {
        public int Visible(int patches, long step, long steps) => step < steps / 2 ? 1 : 0;
    }

    [Theory]
    [WrongFor(typeof(ITokenizer), "ids")]
    [InlineData(7, false, "has an id outside 0 to 7")]
    [InlineData(500, false, "ids for a context of 16")]
    [InlineData(500, true, "does not end with the end token")]
    public void A_wrong_tokenizer_is_found(int size, bool cuts, string what) => Finds("ids", what, rils =>
        rils.Tokenizer<None>("bad", (_, _) => new BadTokenizer(size, cuts)));

    sealed class BadTokenizer(int size, bool cuts) : ITokenizer
    {
        public int VocabularySize => size;

        public int[] Encode(string text, int context)
        {
            int[] ids = [.. text.Select(letter => letter % 400), 499];
            return cuts ? [.. ids.Take(context)] : ids;
        }
    }

    [Theory]
    [WrongFor(typeof(ISource), "samples")]
    [InlineData("key", "sample 0 is another one the second time")]
    [InlineData("component", "sample 0 has a Label, which Components does not list")]
    [InlineData("keys", "two samples have the key \"same\"")]
    [InlineData("shards", "Shards tells another identity the second time")]
    [InlineData("empty", "the source has no sample")]
    public void A_wrong_source_is_found(string wrong, string what) => Assert.Contains(
        Findings(rils => rils.Source<None>("bad", (_, _) => new BadSource(wrong)), new SourceContext(["none"], "")),
        finding => finding.Where.EndsWith("check \"samples\"", StringComparison.Ordinal) && finding.What == what);

    [Fact]
    public void A_right_source_passes_and_an_arm_trains_on_it() => Assert.Equal(["documented", "samples", .. OfArms],
        Conformance.Check(new Plugin(rils => rils.Source<None>("good", static (_, _) => new BadSource(""))),
            new SourceContext(["none"], "")).Passed.Select(passed => passed.Split('"')[^2]));

    sealed class BadSource(string wrong) : ISource
    {
        int read;

        public int Count => wrong == "empty" ? 0 : 12;

        public IReadOnlyList<Type> Components => wrong == "component" ? [] : [typeof(Label), typeof(Captions)];

        public Sample Read(int index, IReadOnlySet<Type> wanted) => new Sample(
            wrong switch { "key" => $"{read++}", "keys" => "same", _ => $"{index}" }, new byte[] { (byte)index })
            .With(new Label(index % 2)).With(new Captions($"number {index}"));

        public IReadOnlyList<SourceShard> Shards() => [new("all", wrong == "shards" ? $"{read++}" : "12 numbers")];

        public void Dispose() { }
    }

    [Fact]
    public void A_source_without_data_is_left_out_with_the_reason() => Assert.Equal(
        ["[data] kind = \"bad\": nobody gave a SourceContext"],
        Conformance.Check(new Plugin(rils => rils.Source<None>("bad", static (_, _) => new BadSource("")))).LeftOut);

    [Fact]
    [WrongFor(typeof(object), "documented")]
    public void Options_that_nobody_explains_are_found() => Finds("documented", "`rils plugins` cannot say what rate",
        rils => rils.Component<Bare>("bare"));

    /// <summary>Options of a test.</summary>
    public sealed record Bare
    {
        public double Rate { get; init; }
    }

    [Fact]
    public void A_kind_that_cannot_be_made_is_found_with_its_words() => Assert.Contains("rate must be less",
        Assert.Single(Findings(rils => rils.Schedule<None>("bad", static (_, _) =>
            throw new ArgumentException("rate must be less")))).What);

    [Fact]
    public void A_system_that_no_plan_takes_is_found() => Assert.Contains("returns a value",
        Assert.Single(Findings(static rils => rils.System(Stage.Update, "bad.system", Returning))).What);

    static int Returning(in None options) => 1;

    [Fact]
    public void Registrations_that_the_host_refuses_are_found() => Assert.Contains("the table of the slot",
        Assert.Single(Findings(static rils => rils.Component<None>("backbone"))).What);

    [Fact]
    public void A_kind_is_made_with_options_and_a_context()
    {
        using var plugin = PluginUnderTest.Of(new Masking.MaskingPlugin());
        using var scope = NewDisposeScope();
        var masking = plugin.Make<IMasking>("random", new Masking.RandomMaskingOptions { Ratio = 0.5 });
        Assert.Equal([4, 8], masking.Mask(TinyBatch.Noise(4, 16), new(4, 4)).Visible.shape);
        Assert.Contains("registers no kind \"other\"",
            Assert.Throws<ArgumentException>(() => plugin.Make<IMasking>("other")).Message);
    }

    [Fact]
    public void Tiny_batches_are_the_same_every_time()
    {
        using var scope = NewDisposeScope();
        Assert.True(TinyBatch.Images().Equals(TinyBatch.Images()));
        Assert.Equal([4, 3, 32, 32], TinyBatch.Images().shape);
        var tokens = TinyBatch.Tokens(context: 16);
        Assert.All(tokens.max(1).values.data<long>(), end => Assert.Equal(TinyBatch.Vocabulary - 1, end));
        Assert.True(TinyBatch.Noise(3, 5).lt(1).all().item<bool>());
        Assert.InRange(TinyBatch.Labels(classes: 3).max().item<long>(), 0, 2);
        Assert.Equal(TinyBatch.Png(), TinyBatch.Png());
    }
}

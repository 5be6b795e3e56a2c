using System.ComponentModel.DataAnnotations;
using Rils.Cli.Hosting;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Loading;

/// <summary>The loader does not check tables that nobody reads. Settings that cannot mean anything are reported, and so
/// is a mistake in a plugin's own code, as the plugin's.</summary>
public sealed class UnreadAndUnmeantTests : IDisposable
{
    readonly TinyExperiment tiny = new();
    readonly Logged<ExperimentLoader> log = new();

    public void Dispose() => tiny.Dispose();

    void Check(string arms, PluginRegistry registry, params string[] sets) =>
        new ExperimentLoader(registry, log).Load(tiny.Write(arms), sets).Dispose();

    IReadOnlyList<string> Mistakes(string arms, PluginRegistry registry, params string[] sets) =>
        [.. Assert.Throws<ExperimentException>(() => Check(arms, registry, sets)).Problems.Select(problem =>
            problem.Message)];

    [Theory]
    [InlineData("data.tokenizer.vocabulary=/nowhere/bpe.txt")]
    [InlineData("data.tokenizer=none")]
    public void Pixels_alone_need_no_tokenizer(string set)
    {
        Check(TinyExperiment.Mae, With(), set);
        Assert.Contains(set.EndsWith("none")
            ? "reads captions, and the data has no [data.tokenizer]" : "there is no file `/nowhere/bpe.txt`",
            Assert.Single(Mistakes(TinyExperiment.Mae + "\n" + TinyExperiment.Clip, With(), set)));
    }

    [Theory]
    [InlineData(0, "says that 0 of the 16 patches stay visible")]
    [InlineData(-3, "says that -3 of the 16 patches stay visible")]
    [InlineData(17, "says that 17 of the 16 patches stay visible")]
    public void A_masking_keeps_as_many_patches_as_there_can_be(int visible, string message)
    {
        var mistake = Assert.Single(Mistakes(Masked,
            With(rils => rils.Masking<Nothing>("own", (_, _) => new Keeping(() => visible)))));
        Assert.Equal($"[masking] of kind own/own {message}: an image keeps at least one, and at most all; "
            + "change its options, or tell the author of Own", mistake);
    }

    [Fact]
    public void A_masking_that_hides_nothing_is_asked_about()
    {
        Check(Masked, With(rils => rils.Masking<Nothing>("own", (_, _) => new Keeping(() => 16))));
        Assert.Contains(log.Lines, line =>
            line.EndsWith(
            "[masking] of kind own/own hides none of the 16 patches, "
                + "so nothing is left to predict: change its options"));
    }

    [Fact]
    public void Options_of_any_plugin_may_judge_by_batch_and_length()
    {
        var registry = With(rils => rils.Objective<Pairs>("pairs")
            .System(Stage.Objective, "pairs", static (in Pairs _, in ImageEmbedding images, Append<LossTerm> losses) =>
            losses.Add(new(losses.Name, images.Vectors.mean()))));
        const string Arm = "[[arm]]\nname = \"own\"\nobjective = [{ kind = \"pairs\" }]";
        Check(Arm, registry);
        Assert.Equal("[[objective]]: batch = 11 does not come in pairs",
            Assert.Single(Mistakes(Arm, registry, "data.batch=11", "compute.parts=1")));
    }

    [Fact]
    public void A_lone_seed_says_what_it_is()
    {
        Check(TinyExperiment.Clip, With(), "seeds=3");
        Check(TinyExperiment.Clip, With(), "seeds=8");
        Assert.Contains("--set seeds=3: seeds = 3 is one seed, number 3; for 3 seeds write seeds = [0, 1, 2]",
            log.Lines);
        Assert.Contains("--set seeds=8: seeds = 8 is one seed, number 8; for 8 seeds write seeds = [0, 1, …, 7]",
            log.Lines);
        var told = log.Lines.Count;
        Check(TinyExperiment.Clip, With(), "seeds=0");
        Check(TinyExperiment.Clip, With(), "seeds=[3]");
        Assert.Equal(told, log.Lines.Count);
    }

    [Fact]
    public void A_plugins_slip_is_told_by_its_code_and_place_and_keeps_its_trace()
    {
        var failure = Assert.ThrowsAny<Exception>(() =>
            Check(Masked, With(rils => rils.Masking<Nothing>("own", (_, _) => Slip()))));
        Assert.Matches(@"^error: .*tiny-0\.toml:\d+:\d+: \[masking\] of kind own/own \(plugin Own\) cannot be made: "
            + @"NullReferenceException in UnreadAndUnmeantTests\.Slip of Rils\.Engine\.Tests: "
            + @"a mistake in that code, tell its author$",
            Failure.MessageOf(failure));
        Assert.IsType<NullReferenceException>(failure.InnerException);
        Assert.True(Failure.IsUnforeseen(failure));
        Assert.Equal("[masking]: it is Tuesday",
            Assert.Single(Mistakes(Masked,
            With(rils => rils.Masking<Nothing>("own", (_, _) => throw new ArgumentException("it is Tuesday"))))));
        Assert.Equal("[masking]: the factory of plugin Own returned null: tell the plugin's author",
            Assert.Single(Mistakes(Masked, With(rils => rils.Masking<Nothing>("own", (_, _) => null!)))));
    }

    [Fact]
    public void An_error_of_libtorch_is_told_without_its_frames()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<Exception>(() => zeros(2, 3).add(zeros(4, 5)));
        var told = new SystemFailedException("own", "a", 0, error).Message;
        Assert.Contains("failed at step 0: The size of tensor a (3) must match the size of tensor b (5)", told);
        Assert.DoesNotContain("Exception raised from", told);
        Assert.DoesNotContain("frame #", told);
    }

    const string Masked = "[[arm]]\nname = \"own\"\nmasking = { kind = \"own\" }\ndecoder = { kind = \"mae\" }\n"
        + "target = { kind = \"pixel\" }\nobjective = \"none\"";

    static Keeping Slip()
    {
        string? nothing = null;
        return new(() => nothing!.Length) { Length = nothing!.Length };
    }

    /// <summary>The plugins that the tiny experiment needs, and one more.</summary>
    static PluginRegistry With(Action<IRilsBuilder>? configure = null) => PluginRegistry.Of(
        ("Vit", new Models.VitPlugin()), ("Text", new Models.TextTransformerPlugin()),
        ("Space", new Models.LinearSpacePlugin()),
        ("Decoder", new Models.MaskedDecoderPlugin()), ("Masking", new Masking.MaskingPlugin()),
        ("Target", new PixelTarget.PixelTargetPlugin()),
        ("Contrastive", new Contrastive.ContrastivePlugin()), ("AdamW", new AdamW.AdamWPlugin()),
        ("Schedules", new Schedules.SchedulesPlugin()),
        ("WebDataset", new WebDataset.WebDatasetPlugin()), ("Bpe", new Bpe.BpePlugin()),
        ("Imaging", new Imaging.ImagingPlugin()), ("Own", new Own(configure ?? (_ => { }))));

    sealed class Own(Action<IRilsBuilder> configure) : IPlugin
    {
        public void Configure(IRilsBuilder rils) => configure(rils);
    }

    sealed record Nothing;

    sealed record Pairs : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (validationContext.GetService(typeof(ExperimentContext)) is ExperimentContext context
                && context.BatchSize % 2 != 0)
                yield return new($"batch = {context.BatchSize} does not come in pairs");
        }
    }

    sealed class Keeping(Func<int> visible) : IMasking
    {
        public int Length { get; init; }

        public int Visible(int patches) => visible();

        public PatchMask Mask(Tensor noise, PatchGrid grid) => throw new NotSupportedException();
    }
}

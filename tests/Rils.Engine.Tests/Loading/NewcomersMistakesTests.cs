using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Loading;

/// <summary>Mistakes of a first day. The loader reports each once, at the place where it was made, with what the writer
/// meant.</summary>
public sealed class NewcomersMistakesTests : IDisposable
{
    const string Known =
        "Known: [average], [backbone], [checkpoint], [compute], [data], [decoder], [[head]], [init], [layer_decay], "
        + "[masking], [[objective]], [optimizer], [plugins], [schedule], [[sink]], [space], [sweep], [target], "
        + "[teacher], [text]; "
        + "deterministic, device, epochs, gather, margin, name, precision, primary, samples, seeds, steps, vary.";
    const string Hint = "If a plugin brings it, name the plugin's folder by --plugins DIR.";
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);
    static readonly string AClassHead = TinyExperiment.Retrieval.Replace("\"retrieval\"",
        "\"zero-shot\"\nclasses = \"classes.json\"");

    readonly TinyExperiment tiny = new();

    [Fact]
    public void A_slip_in_what_none_drops_is_told()
    {
        var mistake = Assert.Single(Mistakes(TinyExperiment.Clip + "\ntaget = \"none\"\ntarget = \"none\""));
        Assert.Equal($"tiny-0.toml:49:1: unknown table `taget`; did you mean `target`? {Known} {Hint}", mistake);
        Assert.Equal($"--set ema=none: unknown table `ema`. {Known} {Hint}",
            Assert.Single(Mistakes(TinyExperiment.Clip, "ema=none")));
        Assert.Equal($"--set arm.clip.maskng=none: unknown table `maskng`; did you mean `masking`? {Known} {Hint}",
            Assert.Single(Mistakes(TinyExperiment.Clip, "arm.clip.maskng=none")));
    }

    [Fact]
    public void What_is_known_may_be_dropped_where_nothing_is()
    {
        var registry = With("ema", rils => rils.Component<Decay>("ema"));
        using var experiment = Load(tiny.Write(TinyExperiment.Clip + "\ntarget = \"none\""),
            ["masking=none", "arm.clip.decoder=none", "ema=none"], registry);
        Assert.Equal(["clip"], experiment.Arms);
    }

    [Theory]
    [InlineData("[backbone]", "[bakcbone]", "table `bakcbone`; did you mean `backbone`?")]
    [InlineData("[text]", "[tetx]", "table `tetx`; did you mean `text`?")]
    [InlineData("[schedule]", "[scheduel]", "table `scheduel`; did you mean `schedule`?")]
    [InlineData("decoder = {", "decodr = {", "table `decodr`; did you mean `decoder`?")]
    [InlineData("[[objective]]", "[[objetcive]]", "table `objetcive`; did you mean `objective`?")]
    [InlineData("[[arm]]", "[[amr]]", "table `amr`; did you mean `arm`?")]
    [InlineData("[data]", "[dta]", "table `dta`; did you mean `data`?")]
    [InlineData("[data.tokenizer]", "[data.tokeniser]", "key `tokeniser` in [data]; did you mean `tokenizer`?")]
    [InlineData("[data.augmentation]", "[data.augmentaton]",
        "key `augmentaton` in [data]; did you mean `augmentation`?")]
    [InlineData("\nsteps ", "\nstpes ", "key `stpes`; did you mean `steps`?")]
    public void What_follows_from_a_slip_in_a_name_is_not_told(string name, string slip, string message) =>
        Assert.Contains($": unknown {message} ", Assert.Single(MistakesOf(WithSlips((name, slip)), [])));

    [Fact]
    public void Each_of_two_slips_is_told_with_what_both_have_not_caused()
    {
        var mistakes = MistakesOf(WithSlips(("[backbone]", "[bakcbone]"), ("[optimizer]", "[optmizer]"),
            ("\"mae\"", "\"mae\", depth = 0")), []);
        Assert.Equal(["`depth` in [decoder] is 0", "unknown table `bakcbone`; did you mean `backbone`?",
            "unknown table `optmizer`; did you mean `optimizer`?"],
            mistakes.Select(line => Regex.Match(line, @"\d: (.*?(\?| is 0))").Groups[1].Value)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_base_that_a_slip_hides_is_not_missed()
    {
        File.WriteAllText(tiny["own.toml"], $"extnds = \"{tiny.Write(TinyExperiment.Clip)}\"");
        Assert.StartsWith("own.toml:1:1: unknown key `extnds`; did you mean `extends`? Known: [[arm]], [average], ",
            Assert.Single(MistakesOf(tiny["own.toml"], [])));
    }

    [Fact]
    public void A_table_that_is_missing_is_told_where_no_name_is_near()
    {
        var mistakes = MistakesOf(WithSlips(("[backbone]", "[eyes]")), []);
        Assert.Contains(mistakes, line => line.Contains("unknown table `eyes`. Known"));
        Assert.Contains(mistakes, line => line.Contains("arm rils has no [backbone]"));
    }

    [Fact]
    public void A_patch_that_does_not_fit_the_images_is_told_beside_a_wrong_batch() => Assert.Equal(
    [
        "--set backbone.patch=5: [backbone]: patch = 5 does not divide the image size, 32; "
            + "change patch, or [data] image",
        "--set data.batch=0: `batch` in [data] is 0; allowed: 1 to 1048576",
    ], Mistakes(TinyExperiment.Clip, "data.batch=0", "backbone.patch=5"));

    [Theory]
    [InlineData("optimizer.lr=1", "unknown key `lr` in [optimizer]; did you mean `schedule.learning_rate`? Keys: ")]
    [InlineData("optimizer.learning_rate=1",
        "unknown key `learning_rate` in [optimizer]; did you mean `schedule.learning_rate`? Keys: ")]
    [InlineData("data.vocabulary=x",
        "unknown key `vocabulary` in [data]; did you mean `data.tokenizer.vocabulary`? Keys: ")]
    [InlineData("objective.contrastive.student_temperature=1", "unknown key `student_temperature` in [[objective]]; "
        + "did you mean `arm.rils.target.student_temperature`? Keys: ")]
    [InlineData("arm.clip.schedule={kind=\"constant\",learning_rate=1,warmup_steps=1}",
        "unknown key `warmup_steps` in [schedule]. Keys: ")]
    public void A_key_in_a_table_that_does_not_take_it_is_sent_to_one_that_does(string set, string message) =>
        Assert.StartsWith($"--set {set}: {message}",
            Assert.Single(Mistakes(TinyExperiment.Rils + "\n" + TinyExperiment.Clip, set)));

    [Theory]
    [InlineData("head.zero-shot.clases=x.json", "unknown key `clases` in [[head]]; did you mean `classes`?")]
    [InlineData("head.zero-shot.evry=10", "unknown key `evry` in [[head]]; did you mean `every`?")]
    [InlineData("data.bacth=8", "unknown key `bacth` in [data]; did you mean `batch`?")]
    [InlineData("objective.contrastive.wieght=2", "unknown key `wieght` in [[objective]]")]
    public void A_wrong_override_of_a_table_that_two_read_is_told_once(string set, string message)
    {
        File.WriteAllText(tiny["classes.json"], "[]");
        var mistakes = Mistakes(TinyExperiment.Clip + "\n" + AClassHead, set)
            .Where(line => !line.Contains("classes.json")).ToList();
        Assert.StartsWith($"--set {set}: {message}", Assert.Single(mistakes));
    }

    [Theory]
    [InlineData("lr=1", "schedule.learning_rate")]
    [InlineData("learning_rate=1", "schedule.learning_rate")]
    [InlineData("batch=8", "data.batch")]
    [InlineData("batch_size=8", "data.batch")]
    [InlineData("weight_decay=0", "optimizer.weight_decay")]
    [InlineData("heads=4", "backbone.heads` or `text.heads` or `arm.rils.decoder.heads")]
    [InlineData("ratio=0.5", "arm.rils.masking.ratio` or `data.augmentation.ratio")]
    [InlineData("arm.clip.ratio=0.5", "arm.rils.masking.ratio` or `data.augmentation.ratio")]
    [InlineData("setps=3", "steps")]
    [InlineData("vocabluary=x", "data.tokenizer.vocabulary")]
    public void A_key_without_its_table_gets_its_full_address(string set, string address)
    {
        var mistake = Assert.Single(Mistakes(TinyExperiment.Rils + "\n" + TinyExperiment.Clip, set));
        Assert.StartsWith($"--set {set}: unknown key `{set.Split('=')[0].Split('.')[^1]}`; "
            + $"did you mean `{address}`?", mistake);
    }

    [Fact]
    public void In_a_file_the_address_is_one_that_a_file_can_hold()
    {
        var file = tiny.Write(TinyExperiment.Rils + "\nratio = 0.5");
        Assert.Contains("unknown key `ratio`; did you mean `masking.ratio` or `data.augmentation.ratio`?",
            Assert.Single(MistakesOf(file, [])));
    }

    [Fact]
    public void A_table_that_only_an_arm_has_is_set_there() => Assert.Equal(
        "--set masking.ratio=0.5: the file gives no [masking] there; did you mean `arm.rils.masking.ratio`?",
        Assert.Single(Mistakes(TinyExperiment.Rils + "\n" + TinyExperiment.Clip, "masking.ratio=0.5")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_kind_means_the_same_whatever_is_loaded(bool more)
    {
        var registry = more ? With("more", rils => rils.Masking<Decay>("cells", (_, _) => new Picky())
            .Space<Decay>("curved", (_, _) => throw new ArgumentException("never"))) : Plugins.Value;
        var kinds = more ? "attended, block, more/cells, grid, random, random-ramp, similar"
            : "attended, block, grid, random, random-ramp, similar";
        Assert.EndsWith($": missing key `kind` in [masking]. Kinds: {kinds}.", Assert.Single(
            Mistakes(TinyExperiment.Rils.Replace("{ kind = \"random\" }", "{ ratio = 0.5 }"), [], registry)));
        var file = tiny.Write(TinyExperiment.Rils);
        File.WriteAllText(file, File.ReadAllText(file).Replace("kind = \"linear\"\n", ""));
        using var experiment = Load(file, [], registry);
        Assert.Equal("linear", ((TableNode)experiment.Tree.Arms[0].Tables["space"]!).Text("kind"));
    }

    [Fact]
    public void What_does_not_fit_the_images_or_the_backbone_is_told_with_all_else()
    {
        var file = tiny.Write(TinyExperiment.Rils.Replace("\"random\"", "\"random\", ratio = 0.95").Replace("\"mae\"",
            "\"mae\", heads = 3"));
        Assert.Equal(
        [
            "tiny-0.toml:49:38: [masking]: ratio = 0.95 hides all of the 16 patches; give a smaller ratio",
            "tiny-0.toml:50:35: [decoder]: width = 16 is not divisible by heads = 3; "
                + "change one of them: a width of 24 fits",
            "--set text.depht=2: unknown key `depht` in [text]; did you mean `depth`?",
        ], MistakesOf(file, ["text.depht=2"]).Select(line => line.Split(" Keys:")[0]));
        Assert.Contains(MistakesOf(file, ["backbone.patch=5", "data.train=gone/*.tar"]),
            line => line == "--set backbone.patch=5: [backbone]: patch = 5 does not divide the image size, 32; "
                + "change patch, or [data] image");
    }

    [Fact]
    public void What_no_model_is_made_of_is_not_judged()
    {
        using var experiment = Load(tiny.Write("[masking]\nkind = \"random\"\nratio = 0.95", TinyExperiment.Clip),
            [], Plugins.Value);
        Assert.Equal(["clip"], experiment.Arms);
    }

    [Fact]
    public void A_strangers_masking_is_asked_about_the_patches_and_its_options_see_the_backbone()
    {
        var registry = With("more", rils =>
            rils.Masking<Decay>("picky", (_, _) => new Picky()).Masking<Columns>("columns", (_, _) => new Picky()));
        var file = tiny.Write(TinyExperiment.Rils.Replace("{ kind = \"random\" }",
            "{ kind = \"picky\", value = 0.5 }"));
        Assert.Equal("tiny-0.toml:49:37: [masking]: value = 0.5 is too little for 16 patches",
            Assert.Single(MistakesOf(file, [], registry)));
        Assert.Equal("--set arm.rils.masking.count=5: [masking]: more columns than the 4 of the image",
            Assert.Single(MistakesOf(file, ["arm.rils.masking.kind=columns", "arm.rils.masking.count=5"], registry)));
    }

    public void Dispose() => tiny.Dispose();

    string WithSlips(params (string Name, string Slip)[] slips)
    {
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip);
        File.WriteAllText(file, slips.Aggregate(File.ReadAllText(file),
            (text, slip) => text.Replace(slip.Name, slip.Slip)));
        return file;
    }

    IReadOnlyList<string> Mistakes(string arms, params string[] sets) => Mistakes(arms, sets, Plugins.Value);

    IReadOnlyList<string> Mistakes(string arms, string[] sets, PluginRegistry registry) =>
        MistakesOf(tiny.Write(arms), sets, registry);

    IReadOnlyList<string> MistakesOf(string file, string[] sets, PluginRegistry? registry = null) =>
        [.. Assert.Throws<ExperimentException>(() => Load(file, sets, registry ?? Plugins.Value).Dispose())
            .Problems.Select(problem => problem.ToString().Replace(tiny[""] + "/", ""))];

    static Experiment Load(string file, string[] sets, PluginRegistry registry) =>
        new ExperimentLoader(registry, NullLogger<ExperimentLoader>.Instance).Load(file, sets);

    /// <summary>The plugins that the tiny experiment needs, and one more.</summary>
    static PluginRegistry With(string name, Action<IRilsBuilder> configure) => PluginRegistry.Of(
        ("Rils.Vit", new Models.VitPlugin()), ("Rils.Text", new Models.TextTransformerPlugin()),
        ("Rils.Space", new Models.LinearSpacePlugin()),
        ("Rils.Decoder", new Models.MaskedDecoderPlugin()), ("Rils.Masking", new Masking.MaskingPlugin()),
        ("Rils.Target", new LanguageTarget.LanguageTargetPlugin()),
        ("Rils.Contrastive", new Contrastive.ContrastivePlugin()), ("Rils.AdamW", new AdamW.AdamWPlugin()),
        ("Rils.Schedules", new Schedules.SchedulesPlugin()),
        ("Rils.WebDataset", new WebDataset.WebDatasetPlugin()), ("Rils.Bpe", new Bpe.BpePlugin()),
        ("Rils.Imaging", new Imaging.ImagingPlugin()), (name, new Another(configure)));

    sealed class Another(Action<IRilsBuilder> configure) : IPlugin
    {
        public void Configure(IRilsBuilder rils) => configure(rils);
    }

    sealed record Decay
    {
        public double Value { get; init; } = 0.5;
    }

    sealed record Columns : IValidatableObject
    {
        public int Count { get; init; } = 1;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (validationContext.GetService(typeof(PatchShape)) is PatchShape patches
                && Count > patches.Grid.Columns)
                yield return new($"more columns than the {patches.Grid.Columns} of the image", [nameof(Count)]);
        }
    }

    sealed class Picky : IMasking
    {
        public int Visible(int patches) =>
            throw new ArgumentException($"value = 0.5 is too little for {patches} patches");

        public PatchMask Mask(Tensor noise, PatchGrid grid) => throw new NotSupportedException();
    }
}

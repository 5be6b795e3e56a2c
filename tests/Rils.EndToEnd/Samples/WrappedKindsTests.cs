using System.Formats.Tar;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Engine.Runs;
using Picture = Rils.Tests.Plugins.Imaging.Picture;

namespace Rils.Tests.Engine.Samples;

/// <summary>Kinds that hold another kind: a source over a source, an augmentation over an augmentation, from plugins
/// that strangers wrote (tests/strangers).</summary>
public sealed class WrappedKindsTests : IDisposable
{
    static readonly (string, IPlugin)[] plugins =
    [
        ("Rils.Vit", new Models.VitPlugin()), ("Rils.TextTransformer", new Models.TextTransformerPlugin()),
        ("Rils.Space", new Models.LinearSpacePlugin()), ("Rils.Contrastive", new Contrastive.ContrastivePlugin()),
        ("Rils.AdamW", new AdamW.AdamWPlugin()), ("Rils.Schedules", new Schedules.SchedulesPlugin()),
        ("Rils.WebDataset", new WebDataset.WebDatasetPlugin()), ("Rils.Bpe", new Bpe.BpePlugin()),
        ("Rils.Imaging", new Imaging.ImagingPlugin()), ("Rils.Retrieval", new Retrieval.RetrievalPlugin()),
        ("ClassBalance", new ClassBalancePlugin()), ("SquareImages", new SquareImagesPlugin()),
        ("Negative", new NegativePlugin()),
    ];

    const string Square = "kind = \"square\"\nover = { kind = \"random-resized-crop\" }";

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    /// <summary>Writes the shard with two samples of class 0 and five of class 2 below the test's folder.</summary>
    string Shard(string name, int seed = 0)
    {
        var path = tiny[name];
        Rils.Tests.Plugins.WebDataset.Shard.Write(path, TarEntryFormat.Ustar, Enumerable.Range(0, 8).SelectMany(i =>
        {
            var waves = Picture.Waves(40 + i + seed, 30);
            (string, byte[])[] files = [($"{i}.png", Picture.Png(waves, 40 + i + seed, 30)),
                ($"{i}.txt", Encoding.UTF8.GetBytes($"wave {i}")),
                .. i == 7 ? [] : new[] { ($"{i}.cls", Encoding.UTF8.GetBytes(i < 2 ? "0" : "2")) }];
            return files;
        }));
        return path;
    }

    string Write(string data, string augmentation, string arms = TinyExperiment.Clip)
    {
        var file = tiny.Write(arms);
        File.WriteAllText(file, File.ReadAllText(file).Replace("kind  = \"webdataset\"", data)
            .Replace("kind = \"random-resized-crop\"", augmentation));
        return file;
    }

    Experiment Load(string file, params string[] sets) => Load(file, plugins, sets);

    static Experiment Load(string file, (string, IPlugin)[] loaded, params string[] sets) =>
        new ExperimentLoader(PluginRegistry.Of(loaded), NullLogger<ExperimentLoader>.Instance).Load(file, sets);

    string Refused(string file, params string[] sets) =>
        Assert.Throws<ExperimentException>(() => Load(file, sets).Dispose()).Message;

    IReadOnlyList<ArmOutcome> Run(Experiment experiment, string name)
    {
        using var folder = Directory.Exists(tiny[name]) ? RunFolder.Open(tiny[name]) : RunFolder.Create(tiny[name]);
        return TestRun.Of(experiment, new PluginSet([], experiment.Registry), folder, null, default);
    }

    [Fact]
    public void Every_class_comes_equally_often_and_an_evaluation_sees_each_sample_once()
    {
        var shard = Shard("some.tar");
        using var experiment = Load(
            Write("kind = \"class-balanced\"\nover = { kind = \"webdataset\" }", "kind = \"random-resized-crop\"",
                TinyExperiment.Clip + $"\n[[head]]\nkind = \"retrieval\"\ndata = \"{shard}\""),
            $"data.train=\"{shard}\"", "data.batch=2");
        var (source, wanted) = (experiment.Training.Source, new HashSet<Type> { typeof(Label), typeof(Captions) });
        var samples = Enumerable.Range(0, source.Count).Select(number => source.Read(number, wanted)).ToArray();
        Assert.Equal([(0, 5), (2, 5)], samples.CountBy(sample => sample.Find<Label>()!.Number)
            .OrderBy(one => one.Key).Select(one => (one.Key, one.Value)));
        Assert.Equal(Enumerable.Range(0, 7), samples.Select(sample => sample.Find<Captions>()!.Texts[0])
            .Distinct().Select(text => int.Parse(text.Split(' ')[1])).Order());
        foreach (var (number, sample) in samples.Index())
            Assert.Equal(Array.FindIndex(samples, other => other.Key == sample.Key), source.FirstOf(number));
        var evaluated = Assert.Single(experiment.EvaluationData.Values);
        Assert.Equal(7, evaluated.Count);
        Assert.Equal(7, Enumerable.Range(0, 7)
            .Select(place => evaluated.Source.Read(evaluated.NumberAt(place), wanted).Key).Distinct().Count());
        Assert.Equal(3, experiment.TrainingSamples.Classes);
        var metrics = Run(experiment, "run")[0].Heads[^1].Metrics;
        Assert.Equal(7, metrics["image_gallery"].Value);
    }

    /// <summary>Only labels are read when the source is made.</summary>
    [Fact]
    public void Labels_are_read_without_images()
    {
        var shard = Shard("some.tar");
        using var counted = new Counted(new WebDataset.WebDatasetSource(new([shard], tiny["cache"])));
        using var balanced = new ClassBalance(new() { Over = new(_ => counted) }, new([shard], tiny["cache"]));
        Assert.Equal(0, counted.Images);
        var label = counted.ReadWithoutImage(3, new HashSet<Type> { typeof(Label) });
        Assert.True(label.Image.IsEmpty);
        Assert.Equal(2, label.Find<Label>()!.Number);
        balanced.Read(0, new HashSet<Type>());
        Assert.Equal(1, counted.Images);
    }

    /// <summary>The wrapper draws from a stream of its own, and the wrapped one from the stream that it has alone:
    /// the same box of a square image. The crop is told in pixels of the image as it was.</summary>
    [Fact]
    public void The_wrapped_augmentation_draws_what_it_draws_alone_and_the_geometry_stays_right()
    {
        var (waves, random) = (Picture.Waves(48, 48), RandomStream.Root(3).Fork("crop"));
        using var experiment = Load(Write("kind = \"webdataset\"", Square));
        using var plain = Load(Write("kind = \"webdataset\"", "kind = \"random-resized-crop\""));
        var (square, alone) = (experiment.Training.Augmentation, plain.Training.Augmentation);
        byte[] own = new byte[3 * 32 * 32], other = new byte[3 * 32 * 32];
        Assert.Equal(alone.Train(Picture.Png(waves, 48, 48), random, other),
            square.Train(Picture.Png(waves, 48, 48), random, own));
        Assert.Equal(other, own);
        Assert.Equal(alone.Evaluate(Picture.Png(waves, 48, 48), other),
            square.Evaluate(Picture.Png(waves, 48, 48), own));
        Assert.Equal(other, own);
        var crop = square.Evaluate(Picture.Png(Picture.Waves(60, 20), 60, 20), own);
        Assert.Equal((0, -20, 60, 60, 60, 20),
            (crop.Left, crop.Top, crop.Width, crop.Height, crop.ImageWidth, crop.ImageHeight));
        var (x, y) = crop.Place(30, 10);
        Assert.Equal((0.5, 0.5), (x, y));
        Assert.Equal(128, own[0]); // the filling of evaluations
        Assert.NotEqual(128, own[32 * 16 + 16]);
    }

    /// <summary>A wrapper changes the views after the wrapped kind has made them.</summary>
    [Fact]
    public void Views_are_wrapped_alike()
    {
        static string Views(string kind) => $"{TinyExperiment.Clip}\n[data.views]\n{kind}";
        const string Plain = "kind = \"random-resized-crop\"";
        using var negative = Load(
            Write("kind = \"webdataset\"", Plain, Views("kind = \"negative\"\nover = { kind = \"simclr\" }")));
        using var alone = Load(Write("kind = \"webdataset\"", Plain, Views("kind = \"simclr\"")));
        byte[][] pixels = [.. Enumerable.Range(0, 4).Select(_ => new byte[3 * 32 * 32])];
        var (file, random) = (Picture.Png(Picture.Waves(48, 40), 48, 40), RandomStream.Root(5));
        Assert.Equal(alone.Training.Views!.Make(file, random, [pixels[0], pixels[1]]),
            negative.Training.Views!.Make(file, random, [pixels[2], pixels[3]]));
        Assert.All(pixels[0].Zip(pixels[2]), pair => Assert.Equal(255, pair.First + pair.Second));
        Assert.All(pixels[1].Zip(pixels[3]), pair => Assert.Equal(255, pair.First + pair.Second));
    }

    [Fact]
    public void Defaults_kinds_and_plugins_of_wrapped_tables_are_recorded()
    {
        using var experiment = Load(Write("kind = \"class-balanced\"\nover = { kind = \"webdataset\" }", Square));
        var data = (TableNode)experiment.Resolved.Root["data"]!;
        Assert.Equal("classbalance/class-balanced", data.Text("kind"));
        Assert.Equal("utf-8", ((TableNode)data["over"]!).Text("encoding"));
        var over = (TableNode)((TableNode)data["augmentation"]!)["over"]!;
        Assert.Equal("random-resized-crop", over.Text("kind"));
        Assert.Equal("[0.5, 1.0]", over["scale"]!.Whole);
        Assert.Superset(new HashSet<string> { "ClassBalance", "SquareImages", "Rils.WebDataset", "Rils.Imaging" },
            experiment.UsedPlugins("cpu").ToHashSet());
        Run(experiment, "run");
        Assert.Contains("random-resized-crop", File.ReadAllText(Path.Combine(tiny["run"], RunFolder.ExperimentFile)));
    }

    [Fact]
    public void Mistakes_of_a_wrapped_table_are_told_at_their_place_together()
    {
        var told = Refused(Write("kind = \"class-balanced\"\nover = { kind = \"webdatset\" }",
            "kind = \"square\"\nover = { kind = \"random-resized-crop\", scal = 3 }"));
        Assert.Matches(@"toml:7:17: unknown kind `webdatset` in \[data\.over\]; did you mean `webdataset`\?", told);
        Assert.Matches(
            @"toml:\d+:40: unknown key `scal` in \[data\.augmentation\.over\]; did you mean `scale`\?", told);
        Assert.Matches(@"missing key `over` in \[data\.augmentation\]: a table that names a kind, as in "
            + "\\{ kind = \"\\.\\.\\.\" \\}", Refused(Write("kind = \"webdataset\"", "kind = \"square\"")));
        Assert.Contains("[data.augmentation.over] is the string \"crop\": it must be a table, as in over = { kind = ",
            Refused(Write("kind = \"webdataset\"", "kind = \"square\"\nover = \"crop\"")));
        Assert.Matches(@"toml:\d+:17: \[data\.augmentation\.over\] of kind squareimages/square cannot be held here: "
            + "it is no IDecodedAugmentation; name a kind that is", Refused(Write("kind = \"webdataset\"",
            $"kind = \"square\"\nover = {{ kind = \"square\", over = {{ kind = \"random-resized-crop\" }} }}")));
        // A pattern is a key of [data], not of the wrapped table.
        var file = Write("kind = \"class-balanced\"\nover = { kind = \"webdataset\" }", Square);
        Assert.Matches(@"^--set data\.train=""nothing\.tar"": `train` in \[data\]: .*nothing\.tar",
            Refused(file, "data.train=\"nothing.tar\""));
    }

    [Fact]
    public void A_wrapped_kind_is_made_while_the_kind_around_it_is_made()
    {
        using var experiment = Load(Write("kind = \"webdataset\"", Square));
        var options = (SquareImagesOptions)experiment.Data.Tables["augmentation"].Options;
        Assert.Equal("{ kind = \"random-resized-crop\" }", $"{options.Over}");
        Assert.Equal(typeof(IDecodedAugmentation), Assert.Single(OptionKey.Of(options.GetType())).Wraps);
        var late = Assert.Throws<InvalidOperationException>(() => options.Over.Make(new(32)));
        Assert.Contains("not later", late.Message);
    }

    [Fact]
    public void The_order_of_plugins_changes_nothing_and_a_changed_inner_shard_is_noticed()
    {
        Shard("part-0.tar");
        Shard("part-1.tar", seed: 1);
        var file = Write("kind = \"class-balanced\"\nover = { kind = \"webdataset\" }", Square);
        string[] sets = [$"data.train=\"{tiny["part-*.tar"]}\"", "data.batch=4"];
        using (var one = Load(file, plugins, sets)) Run(one, "one");
        using (var other = Load(file, [.. plugins.Reverse()], sets)) Run(other, "other");
        Assert.Equal(TinyExperiment.Weights(tiny["one"], "clip"), TinyExperiment.Weights(tiny["other"], "clip"));
        Shard("part-1.tar", seed: 2);
        using var changed = Load(file, plugins, [.. sets, "seeds=[0, 1]"]);
        var check = Rils.Engine.Execution.ResumeCheck.Of(
            tiny["one"], changed, new PluginSet([], changed.Registry), "cpu");
        Assert.Contains(check.Obstacles, difference => $"{difference}".Contains("part-1 is another"));
    }

    sealed class NegativePlugin : IPlugin
    {
        public void Configure(IRilsBuilder rils) => rils.Views<NegativeOptions>(
            "negative", static (options, context) => new Negative(options.Over.Make(context)));
    }

    public sealed record NegativeOptions
    {
        public required Wrapped<DataContext, IViewAugmentation> Over { get; init; }
    }

    sealed class Negative(IViewAugmentation inner) : IViewAugmentation
    {
        public IReadOnlyList<int> Sizes => inner.Sizes;

        public IReadOnlyList<ImageCrop> Make(
            ReadOnlyMemory<byte> encoded, RandomStream random, IReadOnlyList<Memory<byte>> views)
        {
            var shown = inner.Make(encoded, random, views);
            foreach (var view in views)
                foreach (ref var value in view.Span) value = (byte)~value;
            return shown;
        }
    }

    /// <summary>A source that counts the images that it reads.</summary>
    sealed class Counted(ISource inner) : ISource
    {
        public int Images { get; private set; }

        public int Count => inner.Count;

        public IReadOnlyList<Type> Components => inner.Components;

        public Sample Read(int index, IReadOnlySet<Type> wanted)
        {
            Images++;
            return inner.Read(index, wanted);
        }

        public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => inner.ReadWithoutImage(index, wanted);

        public void Dispose() => inner.Dispose();
    }
}

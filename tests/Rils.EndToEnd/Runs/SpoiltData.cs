using System.Formats.Tar;
using System.Text;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Plugins.Imaging;
using Rils.Tests.Plugins.WebDataset;
using Picture = Rils.Tests.Plugins.Imaging.Picture;

namespace Rils.Tests.Engine.Runs;

/// <summary>Shards of small images with some spoilt samples, and an experiment that trains two arms on them.</summary>
sealed class SpoiltData : IDisposable
{
    /// <summary>The number of samples: two spoilt ones are less than 1%, three are more.</summary>
    public const int Samples = 240;

    static readonly byte[] image = Picture.Jpeg(Picture.Waves(36, 33), 36, 33);
    readonly TinyExperiment tiny = new();
    readonly string cache = Directory.CreateTempSubdirectory("rils-spoilt-").FullName;

    public string this[string name] => Path.Combine(cache, name);

    /// <summary>The files of spoilt samples, by the sample's number.</summary>
    public Dictionary<int, IReadOnlyList<(string Ending, byte[] Content)>> Spoilt { get; } = [];

    /// <summary>The log of all runs.</summary>
    public Logged<ExperimentLoader> Log { get; } = new();

    public static byte[] Image => image;

    public static byte[] Caption(int number) => Encoding.UTF8.GetBytes($"a picture, number {number}");

    /// <summary>Writes <c>train-0.tar</c> and <c>train-1.tar</c>, half of the samples each.</summary>
    public void Write()
    {
        for (var shard = 0; shard < 2; shard++)
            Shard.Write(this[$"train-{shard}.tar"], TarEntryFormat.Ustar,
                Enumerable.Range(shard * Samples / 2, Samples / 2).SelectMany(Files));
    }

    IEnumerable<(string, byte[])> Files(int number) =>
        (Spoilt.GetValueOrDefault(number) ?? [(".jpg", image),
            (".txt", Caption(number)), (".cls", [(byte)('0' + number % 2)])])
            .Select(file => ($"{number:000}{file.Ending}", file.Content));

    /// <summary>Stops the runs that are under way.</summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>Runs one epoch in a new folder and returns its path.</summary>
    public string Run(string name, ISink? sink = null, params string[] sets)
    {
        Assert.Empty(Failures(name, sink, sets));
        return this[name];
    }

    /// <summary>Runs one epoch in a new folder, or goes on in an old one, and returns why arms stopped.</summary>
    public IReadOnlyList<string> Failures(string name, ISink? sink = null, params string[] sets)
    {
        File.WriteAllText(this["classes.json"], """["a boat", "a tree"]""");
        var heads = $$"""
            [[head]]
            kind = "retrieval"
            data = "{{this["train-*.tar"]}}"
            [[head]]
            kind    = "zero-shot"
            data    = "{{this["train-*.tar"]}}"
            classes = "{{this["classes.json"]}}"
            """;
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, heads);
        // A session that goes on loads its plugins anew, as in TinyExperiment.RunIn.
        var plugins = Directory.Exists(this[name]) ? PluginLoader.Load(TinyExperiment.PluginFolders)
            : TinyExperiment.Plugins;
        string[] all = ["epochs=1", $"data.train={this["train-*.tar"]}", "data.batch=20", .. sets];
        using var experiment = new ExperimentLoader(plugins.Registry, Log).Load(file, all);
        using var folder = Directory.Exists(this[name]) ? RunFolder.Open(this[name]) : RunFolder.Create(this[name]);
        var outcomes = TestRun.Of(experiment, plugins, folder, sink, Stopping);
        return [.. outcomes.Select(outcome => outcome.Failure).OfType<string>()];
    }

    public void Dispose()
    {
        tiny.Dispose();
        Directory.Delete(cache, recursive: true);
    }
}

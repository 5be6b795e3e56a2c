using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Runs;

/// <summary>A real experiment that is small enough for a test: the repository's images, plugins from disk, models of
/// width 16.</summary>
/// <remarks>A batch has two parts instead of the usual four, since the time of a step of such small models grows with
/// the number of calls.</remarks>
sealed class TinyExperiment(string precision = "fp32") : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-tiny-").FullName;
    int runs;

    public const string Rils = """
        [[arm]]
        name    = "rils"
        masking = { kind = "random" }
        decoder = { kind = "mae" }
        target  = { kind = "language" }
        """;

    public const string Clip = """
        [[arm]]
        name = "clip"
        """;

    /// <summary>An arm that predicts pixels alone, and does not use the root's text, space and objective.</summary>
    public const string Mae = """
        [[arm]]
        name      = "mae"
        masking   = { kind = "random" }
        decoder   = { kind = "mae", width = 8, depth = 2, qkv_bias = "qkv" }
        target    = { kind = "pixel" }
        objective = "none"
        """;

    public const string MaeClip = """
        [[arm]]
        name    = "mae-clip"
        masking = { kind = "random" }
        decoder = { kind = "mae", width = 8, depth = 2, qkv_bias = "qkv" }
        target  = { kind = "pixel" }
        """;

    /// <summary>An arm that predicts features of the backbone that arm <c>clip</c> trained. The arm has no text and is
    /// trained in a later phase.</summary>
    public const string Mim = """
        [[arm]]
        name      = "mim"
        masking   = { kind = "random" }
        decoder   = { kind = "mae", width = 8 }
        target    = { kind = "features" }
        teacher   = { kind = "frozen", from = "clip" }
        objective = "none"
        """;

    /// <summary>An arm with a SimCLR objective, and the views that only this arm reads.</summary>
    public const string Slip = """
        [[arm]]
        name      = "slip"
        objective = [{ kind = "contrastive" }, { kind = "simclr", hidden = 32, dim = 8 }]

        [data.views]
        kind = "simclr"
        """;

    /// <summary>A head that is due whenever metrics are drained.</summary>
    public static readonly string Retrieval = $"""
        [[head]]
        kind  = "retrieval"
        data  = "{Path.Combine(Repository.Root, "experiments", "data", "clipart-mini")}/val-*.tar"
        every = 10
        """;

    static readonly Dictionary<string, PluginSet> loaded = [];

    /// <summary>The path of a file of the experiment.</summary>
    public string this[string name] => Path.Combine(folder, name);

    public static IReadOnlyList<string> PluginFolders =>
        [.. Directory.GetDirectories(PluginLocations.Default).Order(StringComparer.Ordinal)];

    /// <summary>Our plugins, loaded once for all tests: each load has assemblies of its own, which are compiled
    /// again.</summary>
    public static PluginSet Plugins => Loaded(PluginFolders);

    /// <summary>Loads plugins; those of the build once for all tests, and a test's own folders each time.</summary>
    static PluginSet Loaded(IReadOnlyList<string> roots)
    {
        if (!roots.All(root => root.StartsWith(Repository.Root))) return PluginLoader.Load(roots);
        var key = string.Join('\n', roots);
        lock (loaded) return loaded.TryGetValue(key, out var set) ? set : loaded[key] = PluginLoader.Load(roots);
    }

    /// <summary>Writes an experiment file with these arms below root tables that are always the same, and returns its
    /// path.</summary>
    public string Write(params string[] arms)
    {
        var data = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");
        var text = $$"""
            name      = "tiny"
            steps     = 6
            precision = "{{precision}}"
            compute   = { parts = 2 }
            [data]
            kind  = "webdataset"
            train = "{{data}}/train-*.tar"
            batch = 12
            image = 32

            [data.tokenizer]
            kind       = "bpe"
            vocabulary = "{{Directory.GetFiles(data, "bpe-*.txt").Single()}}"

            [data.augmentation]
            kind = "random-resized-crop"

            [backbone]
            kind  = "vit"
            patch = 8
            width = 16
            depth = 2
            heads = 2

            [text]
            kind    = "transformer"
            context = 16
            width   = 16
            depth   = 1
            heads   = 2

            [space]
            kind = "linear"
            dim  = 16

            [[objective]]
            kind = "contrastive"

            [optimizer]
            kind = "adamw"

            [schedule]
            kind         = "cosine"
            warmup_steps = 2
            learning_rate = 1e-3

            {{string.Join("\n\n", arms)}}
            """;
        var path = this[$"tiny-{runs++}.toml"];
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs an experiment file, asserts that no arm failed, and returns the run folder.</summary>
    public string Run(string file, IReadOnlyList<string>? plugins = null, ISink? sink = null, params string[] sets)
    {
        var path = this[$"run-{runs++}"];
        Assert.All(RunIn(path, file, plugins, sink, CancellationToken.None, sets),
            outcome => Assert.Null(outcome.Failure));
        return path;
    }

    /// <summary>Begins a run in a folder, or goes on with the run that the folder holds.</summary>
    /// <remarks>A session that goes on loads its plugins anew, as a new process would: no field of theirs has a value
    /// from the session before.</remarks>
    public IReadOnlyList<ArmOutcome> RunIn(string folder,
        string file, IReadOnlyList<string>? plugins, ISink? sink, CancellationToken cancellation, params string[] sets)
    {
        var set = Directory.Exists(folder) ? PluginLoader.Load(plugins ?? PluginFolders)
            : Loaded(plugins ?? PluginFolders);
        using var experiment = new ExperimentLoader(set.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(file, sets);
        using var run = Directory.Exists(folder) ? RunFolder.Open(folder) : RunFolder.Create(folder);
        return TestRun.Of(experiment, set, run, sink, cancellation);
    }

    public static byte[] Weights(string run, string arm) =>
        SavedTensors.Of(Path.Combine(run, "seed-0", arm, "model.safetensors"));

    public static string[] Metrics(string run, string arm) =>
        [.. Directory.GetFiles(Path.Combine(run, "seed-0"), "metrics.jsonl", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains($"\"arm\":\"{arm}\""))];

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

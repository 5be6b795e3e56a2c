using System.Text.Json.Serialization;
using Rils.Files;

namespace Rils.Runs;

/// <summary><c>manifest.json</c>: the means by which a run was made. Where a run went on by other means, the file has
/// the last ones, and <see cref="Stretches"/> says what changed.</summary>
public sealed record RunManifest
{
    /// <summary>When the run was begun, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The version of the engine.</summary>
    public required string Rils { get; init; }

    /// <summary>The device of the arms.</summary>
    public required string Device { get; init; }

    /// <summary>The precision of the models: <c>bf16</c> or <c>fp32</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Processor, instructions, threads, memory, operating system.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary>The versions of the libraries that compute.</summary>
    public required IReadOnlyDictionary<string, string> Libraries { get; init; }

    /// <summary>SHA-256 of the engine's own files, by name.</summary>
    public required IReadOnlyDictionary<string, string> Engine { get; init; }

    /// <summary>Name, version, SHA-256 and folder of every plugin that has a part in the run.</summary>
    public required IReadOnlyList<PluginInfo> Plugins { get; init; }

    /// <summary>The data to train on and to evaluate on, by the paths and patterns that name it.</summary>
    public required IReadOnlyDictionary<string, DataIdentity> Data { get; init; }

    /// <summary>SHA-256 of the files that options name, by path: vocabularies, lists of classes.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>SHA-256 of the files outside this run that arms take weights from, by path.</summary>
    public required IReadOnlyDictionary<string, string> Taken { get; init; }

    /// <summary>The resolved experiment.</summary>
    public required ExperimentValues Experiment { get; init; }

    /// <summary>The metric that the experiment was about when the run was begun; null where it named none.</summary>
    public PrimaryMetric? Primary { get; init; }

    /// <summary>The arms that a sweep made, with the values that it gives each of them and the run; empty outside a
    /// sweep.</summary>
    public IReadOnlyList<SweepArm> Swept { get; init; } = [];

    /// <summary>The names with which <c>--accept</c> allowed differences from other runs of a sweep, or from the run's
    /// beginning.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];

    /// <summary>The changes of the means, in the order of training.</summary>
    public IReadOnlyList<Stretch> Stretches { get; init; } = [];

    /// <summary>The facts of libraries and machine that may change a run's bits.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, string>> Deciding => Libraries.Concat(MachineFacts.Deciding(Machine));

    /// <summary>Reads the manifest of a run folder.</summary>
    /// <exception cref="InvalidDataException">The file is missing, damaged, edited, or of an earlier build.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunManifest Read(string folder)
    {
        var file = PathIn(folder);
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        if (SealedJson.TryRead<RunManifest>(text) is { } manifest) return manifest;
        if (RunJson.TryRead<Earlier>(text) is { Seal: null })
            throw new InvalidDataException(
                $"{folder} was begun by an earlier build of rils, whose {RunFolder.ManifestFile} does not record "
                + "data and engine: finish it by that build, or begin anew with --out");
        throw new InvalidDataException(
            $"{file} is missing, damaged, or was edited: put it back from a copy, or begin anew with --out");
    }

    /// <summary>Writes the manifest into a run folder, whole or not at all.</summary>
    internal void Write(string folder) => DurableFile.WriteText(PathIn(folder), SealedJson.Write(this));

    /// <summary>The differences with which a run cannot go on, unless the user accepts them.</summary>
    internal IReadOnlyList<Difference> Obstacles(RunManifest now) =>
    [
        .. Difference.Between([new("rils", Rils), .. Engine], [new("rils", now.Rils), .. now.Engine], "engine ",
            _ => "engine"),
        .. Difference.Between(Builds(this), Builds(now), "plugin ", plugin => plugin),
        .. DataIdentity.Differences(Data, now.Data),
        .. Difference.Between(Hashes(Files), Hashes(now.Files), "file ", _ => "files"),
        // Further seeds may take further files.
        .. Difference.Between(Hashes(Taken), Hashes(now.Taken.Where(file => Taken.ContainsKey(file.Key))), "weights ",
            _ => "files"),
        .. Difference.Between([new("device", Device), new("precision", Precision)],
            [new("device", now.Device), new("precision", now.Precision)]),
        .. Experiment.To(now.Experiment),
    ];

    /// <summary>The differences with which a run goes on without reaching the bits of an uninterrupted run.</summary>
    internal IReadOnlyList<Difference> Cautions(RunManifest now) =>
    [
        .. Difference.Between(Deciding, now.Deciding),
        .. from data in Data.OrderBy(data => data.Key, StringComparer.Ordinal)
           where now.Data.TryGetValue(data.Key, out var same) && data.Value.IsSameAs(same)
           let touched = data.Value.Touched($"data {data.Key}", now.Data[data.Key])
           where touched is not null
           select touched,
    ];

    static string PathIn(string folder) => Path.Combine(folder, RunFolder.ManifestFile);

    static IEnumerable<KeyValuePair<string, string>> Builds(RunManifest manifest) =>
        manifest.Plugins.Select(plugin =>
            KeyValuePair.Create(plugin.Name, $"{plugin.Version} with SHA-256 {plugin.Sha256}"));

    static IEnumerable<KeyValuePair<string, string>> Hashes(IEnumerable<KeyValuePair<string, string>> files) =>
        files.Select(file => KeyValuePair.Create(file.Key, $"of SHA-256 {file.Value}"));

    /// <summary>The part of a manifest that every build wrote, to recognise one that an earlier build wrote.</summary>
    sealed record Earlier(string Rils)
    {
        public string? Seal { get; init; }
    }
}

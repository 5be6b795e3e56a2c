using Rils.Engine.Plugins;

namespace Rils.Engine.Datasets;

/// <summary>Guesses the kind of source from paths: a folder, a folder of shards, or a file by its extension.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Paths">The paths for the source: a folder of shards becomes a pattern of its shards.</param>
sealed record KindGuess(string Kind, IReadOnlyList<string> Paths)
{
    const string Shards = "webdataset", Folder = "folder", Shard = ".tar";

    /// <summary>The kinds of this project that read files of an extension. Any other kind is named by
    /// <c>--kind</c>.</summary>
    static readonly (string Extension, string Kind)[] files =
        [(Shard, Shards), (".csv", "table"), (".tsv", "table"), (".parquet", "parquet"), (".json", "coco")];

    /// <summary>Guesses.</summary>
    /// <exception cref="InvalidDataException">The paths are of several kinds or of none, or no plugin has the
    /// kind.</exception>
    public static KindGuess Of(IReadOnlyList<string> paths, PluginRegistry registry)
    {
        var each = paths.Select(path => Of(path, registry)).ToArray();
        if (each.FirstOrDefault(guess => guess.Kind != each[0].Kind) is { } other)
            throw new InvalidDataException($"`{paths[0]}` reads as kind {each[0].Kind} and `{other.Paths[0]}` as kind "
                + $"{other.Kind}: name data of one kind, or the kind by --kind");
        if (registry.Find("data", each[0].Kind) is null)
            throw new InvalidDataException($"`{paths[0]}` is data for the kind {each[0].Kind}, which no loaded plugin has. "
                + $"{Kinds(registry)}");
        return new(each[0].Kind, [.. each.SelectMany(guess => guess.Paths)]);
    }

    static KindGuess Of(string path, PluginRegistry registry)
    {
        if (Directory.Exists(path)) return OfFolder(path);
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (files.FirstOrDefault(file => file.Extension == extension) is { Kind: { } kind }) return new(kind, [path]);
        var what = File.Exists(path) || path.AsSpan().ContainsAny('*', '?', '{')
            ? $"the kind of data in `{path}` does not follow from its name: name it by --kind, as in --kind folder."
            : $"there is no file or folder `{path}`: give the path of the data.";
        throw new InvalidDataException($"{what} {Kinds(registry)}");
    }

    /// <summary>A folder with shards and without folders in it holds shards, whatever lies beside them, as the folder
    /// does that packing makes.</summary>
    static KindGuess OfFolder(string path) =>
        Directory.EnumerateFiles(path, $"*{Shard}").Any() && !Directory.EnumerateDirectories(path).Any()
            ? new(Shards, [Path.Combine(path, $"*{Shard}")]) : new(Folder, [path]);

    static string Kinds(PluginRegistry registry) => $"Kinds: {string.Join(", ", registry.Kinds("data"))}.";
}

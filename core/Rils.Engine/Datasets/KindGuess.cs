using Rils.Configuration;
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
    /// <exception cref="ExperimentException">The paths are of several kinds or of none, or no plugin has the
    /// kind.</exception>
    public static KindGuess Of(IReadOnlyList<string> paths, PluginRegistry registry)
    {
        var each = paths.Select(path => Of(path, registry)).ToArray();
        if (each.FirstOrDefault(guess => guess.Kind != each[0].Kind) is { } other)
            throw Mistake(other.Paths[0], $"it reads as kind {other.Kind}, and {paths[0]} as kind {each[0].Kind}: name "
                + "data of one kind, or the kind by --kind");
        if (registry.Find("data", each[0].Kind) is null)
            throw Mistake(paths[0],
                $"it is data for the kind {each[0].Kind}, which no loaded plugin has. {Kinds(registry)}");
        return new(each[0].Kind, [.. each.SelectMany(guess => guess.Paths)]);
    }

    static KindGuess Of(string path, PluginRegistry registry)
    {
        if (Directory.Exists(path)) return OfFolder(path);
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (files.FirstOrDefault(file => file.Extension == extension) is { Kind: { } kind }) return new(kind, [path]);
        var what = File.Exists(path) || path.AsSpan().ContainsAny('*', '?', '{')
            ? "the kind of data does not follow from this name: name it by --kind, as in --kind folder."
            : "there is no such file or folder: give the path of the data.";
        throw Mistake(path, $"{what} {Kinds(registry)}");
    }

    /// <summary>A folder with shards and without folders in it holds shards, whatever lies beside them, as the folder
    /// does that packing makes.</summary>
    static KindGuess OfFolder(string path)
    {
        try
        {
            return Directory.EnumerateFiles(path, $"*{Shard}").Any() && !Directory.EnumerateDirectories(path).Any()
                ? new(Shards, [Path.Combine(path, $"*{Shard}")]) : new(Folder, [path]);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            throw Mistake(path, unread.Message);
        }
    }

    static ExperimentException Mistake(string path, string message) =>
        new([new(SourceSpan.WholeFile(path), message)]);

    static string Kinds(PluginRegistry registry) => $"Kinds: {string.Join(", ", registry.Kinds("data"))}.";
}

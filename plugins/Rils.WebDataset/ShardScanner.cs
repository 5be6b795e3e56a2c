using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>Finds the samples of shards. The index has the blocks where the files of a sample lie; names and places of
/// the files are read with the sample.</summary>
sealed class ShardScanner : IPartScanner
{
    /// <inheritdoc/>
    public string Form => "webdataset 4";

    /// <inheritdoc/>
    public int RecordSize => Run.Size;

    /// <inheritdoc/>
    public PartScan Scan(string path)
    {
        try
        {
            return Found(path);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"shard `{path}`: {problem.Message}{Hint(path)}", problem);
        }
    }

    static PartScan Found(string path)
    {
        var state = FileState.Of(path);
        using var bytes = new WholeTar(path);
        using var content = new ShardContent(bytes);
        var samples = new ShardSamples();
        var tar = new TarFile(bytes, state.Size);
        foreach (var member in tar.All())
        {
            samples.Add(member, tar.Globals);
            if (!FileContent.IsWhole(state)) content.Add(member);
        }
        if (samples.HasLinks) samples.Follow(new TarFile(bytes, state.Size).All());
        var scan = samples.Scan(state);
        scan.IsWhole = FileContent.IsWhole(state);
        scan.Content = scan.IsWhole ? FileContent.Hash(path) : content.Hash();
        return scan;
    }

    /// <summary>Names the kind of source that reads a file of another sort; empty where its name tells none.</summary>
    static string Hint(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" => ". A table of images is read by kind = \"table\"",
        ".parquet" => ". Parquet is read by kind = \"parquet\"",
        ".json" => ". COCO's annotations are read by kind = \"coco\"",
        ".jpg" or ".jpeg" or ".png" or ".webp" => ". A folder of images is read by kind = \"folder\"",
        _ => "",
    };
}

using System.Text.Json;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Finds the samples of COCO's annotations: the images of the file, in its order, with captions and
/// boxes.</summary>
sealed class CocoScanner(CocoOptions options) : IPartScanner
{
    static readonly JsonSerializerOptions form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <inheritdoc/>
    public string Form => $"coco 1 {options}";

    /// <inheritdoc/>
    public int RecordSize => FileRecord.Size;

    /// <inheritdoc/>
    public IReadOnlySet<string> Changed(IReadOnlyList<IndexedPart> kept) => ChangedImages.Of(kept, (part, record) =>
        FileMark.Of(Path.Combine(FolderOf(part), SampleEntry.Read(part, record.Entry).File)));

    /// <summary>The folder of the images of a part, as it was found.</summary>
    public static string FolderOf(IndexedPart part) => PartHeader.Read(part).Watched[0].Path;

    /// <inheritdoc/>
    public PartScan Scan(string path)
    {
        var coco = Read(path);
        if (coco.Images is not { Count: > 0 } images)
            throw new InvalidDataException($"{path} has no `images`, so that it is no file of COCO's annotations");
        var folder = CocoFolder.Of(path, images, options.Images);
        var scan = new PartScan(FileState.Of(path));
        CocoCategory[] classes = [.. (coco.Categories ?? []).OrderBy(category => category.Id)];
        new PartHeader([.. classes.Select(category => category.Name ?? $"{category.Id}")],
            [new(folder, 0, 0)]).WriteTo(scan);
        using var content = new ImageContent();
        Add(scan, content, path, folder, new(coco, classes));
        content.WriteTo(scan);
        return scan;
    }

    static void Add(PartScan scan, ImageContent content, string path, string folder, CocoParts parts)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in parts.Entries(path))
        {
            if (!keys.Add(Path.ChangeExtension(entry.File, null)))
                throw new InvalidDataException($"{path}: two samples have one key, the image `{entry.File}`: each "
                    + "image must be there once");
            var (image, bytes) = (Path.Combine(folder, entry.File), entry.ToBytes());
            var mark = FileMark.Of(image);
            content.Add(bytes, image, mark);
            scan.Usable++;
            new FileRecord(new(scan.AddHeap(bytes), bytes.Length), mark).AddTo(scan, $"the image `{entry.File}`");
        }
    }

    static CocoFile Read(string path)
    {
        RegularFile.Require(path);
        if (FileContent.StandIn(path) is { } other) throw new InvalidDataException($"{path} is {other}");
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (JsonException broken)
        {
            // Rare, so that usual files are not held in memory as bytes too.
            return ReadOfPython(path)
                ?? throw new InvalidDataException($"{path} is no file of COCO's annotations: {broken.Message}", broken);
        }
    }

    static CocoFile Read(Stream file, string path) => JsonSerializer.Deserialize<CocoFile>(file, form)
        ?? throw new InvalidDataException($"{path} is null, and no file of COCO's annotations");

    /// <summary>Reads a file in which Python wrote NaN or Infinity for numbers; null where there is none.</summary>
    static CocoFile? ReadOfPython(string path)
    {
        if (new FileInfo(path).Length > Array.MaxLength) return null;
        var bytes = File.ReadAllBytes(path);
        if (!PythonNumbers.Remove(bytes)) return null;
        try
        {
            return Read(new MemoryStream(bytes), path);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(
                $"{path} is no file of COCO's annotations: beside NaN or Infinity, {broken.Message}", broken);
        }
    }
}

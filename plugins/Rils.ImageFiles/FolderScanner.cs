using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Finds the samples of a folder of images.</summary>
sealed class FolderScanner(FolderOptions options) : IPartScanner
{
    /// <inheritdoc/>
    public string Form => $"folder 2 {options}";

    /// <inheritdoc/>
    public int RecordSize => FileRecord.Size;

    /// <inheritdoc/>
    public FileState StateOf(string path) => FolderWalk.StateOf(path);

    /// <inheritdoc/>
    public IReadOnlySet<string> Changed(IReadOnlyList<IndexedPart> kept)
    {
        IndexedPart[] same = [.. kept.Where(part => PartHeader.Read(part).Watched.All(IsStill))];
        var changed = ChangedImages.Of(
            same, (part, record) => MarkOf(PathOf(part, SampleEntry.Read(part, record.Entry))));
        return kept.Except(same).Select(part => part.State.Path).Concat(changed).ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public PartScan Scan(string path)
    {
        var scan = new PartScan(StateOf(path));
        var walk = new FolderWalk(path, (kind, name) => scan.Note((byte)kind, name));
        string[] images = [.. walk.Images()];
        if (images.Length == 0) throw NoImages(path);
        scan.Usable = images.Length;
        var captions = CaptionRows.Of(path, options);
        FileState[] tables = captions.Path is { } table ? [FileState.Of(table)] : [];
        new PartHeader([.. images.Select(ClassOf).OfType<string>().Distinct(StringComparer.Ordinal)],
            [.. walk.Folders, .. tables])
            .WriteTo(scan);
        using var content = new ImageContent();
        foreach (var image in images) Add(scan, content, path, image, captions.Of(image));
        captions.RequireUse(path, images[0]);
        var unused = $"{captions.Unused}` of the {captions.Count} in `{captions.Path}";
        for (var i = 0; i < captions.UnusedCount; i++) scan.Note((byte)FolderOddity.NoSuchImage, unused);
        content.WriteTo(scan);
        return scan;
    }

    /// <summary>The first folder of an image's path, which is its class; null for an image that lies in no further
    /// folder.</summary>
    public static string? ClassOf(string file) => file.IndexOf('/') is > 0 and var end ? file[..end] : null;

    /// <summary>The absolute path of a sample's image.</summary>
    public static string PathOf(IndexedPart part, SampleEntry entry) => Path.Combine(part.State.Path, entry.File);

    /// <summary>The path of the text beside an image.</summary>
    public static string TextOf(string image) => Path.ChangeExtension(image, ".txt");

    /// <summary>The mark of an image and of the text beside it.</summary>
    public static FileMark MarkOf(string image) => FileMark.Of(image).With(FileMark.Of(TextOf(image)));

    static void Add(
        PartScan scan, ImageContent content, string folder, string image, SampleCaptions captions)
    {
        var (path, bytes) = (Path.Combine(folder, image), new SampleEntry(image, captions).ToBytes());
        var mark = MarkOf(path);
        content.Add(bytes, path, mark);
        content.AddText(TextOf(path));
        new FileRecord(new(scan.AddHeap(bytes), bytes.Length), mark).AddTo(scan, $"the image `{image}`");
    }

    static bool IsStill(FileState watched)
    {
        try
        {
            return (Directory.Exists(watched.Path) ? FolderWalk.StateOf(watched.Path) : FileState.Of(watched.Path))
                == watched;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static InvalidDataException NoImages(string folder)
    {
        const int Shown = 8;
        string[] names = [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal).Take(Shown + 1)];
        var held = names.Length == 0 ? "is empty"
            : $"holds {string.Join(", ", names.Take(Shown))}{(names.Length > Shown ? " and more" : "")}";
        var hint = names.Any(name => name.EndsWith(".tar", StringComparison.Ordinal))
            ? $"; for shards say kind = \"webdataset\", and name them, as in {folder}/*.tar"
            : names.Any(name => name.EndsWith(".parquet", StringComparison.Ordinal))
            ? $"; for Parquet say kind = \"parquet\", and name the files, as in {folder}/*.parquet" : "";
        return new($"no image (jpg, jpeg, png, webp) in the folder {folder}, which {held}{hint}");
    }
}

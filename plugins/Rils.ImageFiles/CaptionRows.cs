using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>The captions of a folder's images, from a table that lies in it or that the experiment names.</summary>
sealed class CaptionRows
{
    static readonly string[] usual = ["metadata.csv", "captions.csv", "metadata.tsv", "captions.tsv"];

    readonly Dictionary<string, SampleCaptions> captions = new(StringComparer.Ordinal);
    readonly HashSet<string> used = new(StringComparer.Ordinal);
    bool servesOthers;

    /// <summary>The table; null where the folder has none.</summary>
    public string? Path { get; private init; }

    /// <summary>The first image that a row names and that is not in the folder; null where there is none.</summary>
    public string? Unused => captions.Keys.FirstOrDefault(name => !used.Contains(name));

    /// <summary>The number of images that rows name and that are not in the folder.</summary>
    public int UnusedCount => captions.Count - used.Count;

    /// <summary>The number of images that rows name. Those that exist outside of the folder do not count: one table may
    /// serve several folders.</summary>
    public int Count => captions.Count;

    /// <summary>Reads the table of a folder. A table in the folder may have a column of images and one of classes
    /// alone: then there are no captions.</summary>
    /// <exception cref="InvalidDataException">The table lacks a column, or the name of an image is no text in the
    /// encoding.</exception>
    public static CaptionRows Of(string folder, FolderOptions options)
    {
        var path = options.Captions ?? usual.Select(name => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        if (path is null) return new();
        RegularFile.Require(path);
        using var table = CsvTable.Open(path);
        var columns = TableColumns.OfCaptions(table, options.CaptionColumn);
        if (columns.Caption < 0)
            return options.Captions is null && !columns.Others(table).Any() ? new() { Path = path }
                : throw NoCaptions(table, columns);
        var rows = new CaptionRows { Path = path };
        var text = new SampleText(options.Encoding);
        foreach (var row in table.Rows()) rows.Add(folder, row, columns, text);
        return rows;
    }

    /// <summary>The captions of an image; empty where no row names it.</summary>
    /// <param name="file">The image's path from the folder.</param>
    public SampleCaptions Of(string file)
    {
        if (!captions.TryGetValue(file, out var found)) return SampleCaptions.None;
        used.Add(file);
        return found;
    }

    /// <summary>Refuses a table whose rows name images, none of which exists.</summary>
    /// <param name="folder">The folder, all of whose images were looked up.</param>
    /// <param name="image">The path of one of its images, from the folder.</param>
    /// <exception cref="InvalidDataException">No row names an image.</exception>
    public void RequireUse(string folder, string image)
    {
        if (Count == 0 || used.Count > 0 || servesOthers) return;
        throw new InvalidDataException($"no row of {Path} names an image of {folder}: the table says `{Unused}`, the "
            + $"folder has `{image}`. Write paths from the table's folder, or from that of the images; data without "
            + "captions in this table gets a source of its own, as in data = { kind = \"folder\", path = \"...\" }");
    }

    void Add(string folder, CsvRow row, TableColumns columns, SampleText text)
    {
        var (name, fault) = Decode(row, columns.Image, text, "the name of an image");
        if (fault is not null) throw new InvalidDataException($"{Path}, line {row.Line}: {fault}");
        if (name!.Length == 0) return;
        var path = Places(folder, name).Concat(Places(folder, name.Replace('\\', '/'))).FirstOrDefault(File.Exists);
        var file = path is null ? name : System.IO.Path.GetRelativePath(folder, path);
        if (file.StartsWith("../", StringComparison.Ordinal) && path is not null)
        {
            servesOthers = true;
            return;
        }
        var (caption, wrong) = Decode(row, columns.Caption, text, $"its caption in line {row.Line} of {Path}");
        var before = captions.GetValueOrDefault(file, SampleCaptions.None);
        captions[file] = new(caption is { Length: > 0 } ? [.. before.Texts, caption] : before.Texts,
            before.Fault ?? wrong);
    }

    /// <summary>The places in which an image may lie: beside the table, or in the folder.</summary>
    IEnumerable<string> Places(string folder, string name) =>
        [System.IO.Path.GetFullPath(name, System.IO.Path.GetDirectoryName(Path)!),
            System.IO.Path.GetFullPath(name, folder)];

    static (string? Text, string? Fault) Decode(CsvRow row, int column, SampleText text, string what) =>
        text.Decode(System.Text.Encoding.Latin1.GetBytes(row[column]), what);

    static InvalidDataException NoCaptions(CsvTable table, TableColumns columns)
    {
        var guess = columns.Others(table).FirstOrDefault("...");
        return new($"{table.Path} has no column {TableColumns.Or(UsualColumns.Captions)}; it has {table.Names}. Say "
            + $"which one has the captions, as in caption_column = \"{guess}\", or rename a table without captions");
    }
}

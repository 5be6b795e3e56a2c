using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>The captions of a folder's images, from a table that lies in it or that the experiment names.</summary>
sealed class CaptionRows
{
    static readonly string[] usual = ["metadata.csv", "captions.csv", "metadata.tsv", "captions.tsv"];

    readonly Dictionary<string, SampleCaptions> captions = new(StringComparer.Ordinal);
    readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>The table; null where the folder has none.</summary>
    public string? Path { get; private init; }

    /// <summary>The first image that a row names and that is not in the folder; null where there is none.</summary>
    public string? Unused => captions.Keys.FirstOrDefault(name => !used.Contains(name));

    /// <summary>The number of images that rows name and that are not in the folder.</summary>
    public int UnusedCount => captions.Count - used.Count;

    /// <summary>Reads the table of a folder.</summary>
    /// <exception cref="InvalidDataException">The table lacks a column, or the name of an image is no text in the
    /// encoding.</exception>
    public static CaptionRows Of(string folder, FolderOptions options)
    {
        var path = options.Captions ?? usual.Select(name => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        if (path is null) return new();
        RegularFile.Require(path);
        using var table = CsvTable.Open(path);
        var columns = TableColumns.Of(table, null, options.CaptionColumn, null);
        if (columns.Caption < 0 && options.Captions is null) return new() { Path = path };
        if (columns.Caption < 0) throw NoCaptions(table);
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

    void Add(string folder, CsvRow row, TableColumns columns, SampleText text)
    {
        var (name, fault) = Decode(row, columns.Image, text, "the name of an image");
        if (fault is not null) throw new InvalidDataException($"{Path}, line {row.Line}: {fault}");
        if (name!.Length == 0) return;
        var beside = System.IO.Path.GetFullPath(name, System.IO.Path.GetDirectoryName(Path)!);
        var file = File.Exists(beside) ? System.IO.Path.GetRelativePath(folder, beside) : name;
        var (caption, wrong) = Decode(row, columns.Caption, text, $"its caption in line {row.Line} of {Path}");
        var before = captions.GetValueOrDefault(file, SampleCaptions.None);
        captions[file] = new(caption is { Length: > 0 } ? [.. before.Texts, caption] : before.Texts,
            before.Fault ?? wrong);
    }

    static (string? Text, string? Fault) Decode(CsvRow row, int column, SampleText text, string what) =>
        text.Decode(System.Text.Encoding.Latin1.GetBytes(row[column]), what);

    static InvalidDataException NoCaptions(CsvTable table) => new($"{table.Path} has no column `caption`, `text`, "
        + "`title` "
        + $"or `description`; it has {string.Join(", ", table.Columns.Select(name => $"`{name}`"))}. Say which one "
        + "has the "
        + "captions, as in caption_column = \"...\"");
}

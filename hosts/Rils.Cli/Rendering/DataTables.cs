using System.Globalization;
using Rils.Analysis;
using Rils.Analysis.Datasets;
using Rils.Engine.Datasets.Inspection;

namespace Rils.Cli.Rendering;

/// <summary>Writes what data holds as tables.</summary>
static class DataTables
{
    /// <summary>The most characters of a caption in a table.</summary>
    const int LongestCaption = 80;

    static readonly (string Name, double Share)[] quantiles =
        [("smallest", 0), ("5%", 0.05), ("median", 0.5), ("95%", 0.95), ("largest", 1)];

    public static IReadOnlyList<DataTable> Of(DataSummary data)
    {
        List<DataTable> tables = [Counts(data), Sizes(data)];
        if (data.Classes.Count > 0) tables.Add(Classes(data));
        if (data.SameCaptions.Count > 0)
            tables.Add(new("The most frequent captions", ["caption", "how often", "first samples"],
                [.. data.SameCaptions.Select(same => (string[])[Cut(same.Text!), Count(same.Count), Keys(same)])]));
        if (data.SameImages.Count > 0)
            tables.Add(new("Images that several samples share, byte for byte: the most frequent",
                ["samples", "first of them"],
                [.. data.SameImages.Select(same => (string[])[Count(same.Count), Keys(same)])]));
        if (data.FirstBad.Count > 0)
            tables.Add(new("Bad samples: the first; rils data verify lists all", ["number", "what is wrong"],
                [.. data.FirstBad.Select(bad => (string[])[Count(bad.Index), bad.Cause])]));
        return tables;
    }

    /// <summary>Prints a table under its title.</summary>
    public static void Write(Terminal terminal, DataTable table)
    {
        terminal.Output.WriteLine(table.Title);
        var drawn = Tables.New(terminal.IsPlain, table.Columns);
        foreach (var row in table.Rows) drawn.Add(row);
        terminal.Write(drawn);
        terminal.Output.WriteLine();
    }

    /// <summary>The picture of a sample with its captions and class.</summary>
    public static DataPicture Picture(Thumbnail sample) =>
        new(sample.Key, sample.Png, sample.Class is { } name ? [.. sample.Captions, $"[{name}]"] : sample.Captions);

    static DataTable Counts(DataSummary data)
    {
        List<string[]> rows =
        [
            ["samples", Count(data.Samples)],
            ["bad samples", Count(data.Bad)],
            ["bytes of images", ByteSize.Show(data.Bytes.Total)],
            ["formats", string.Join(", ", data.Formats.Select(format => $"{format.Key} {Count(format.Value)}"))],
            ["copies of an earlier image", Count(data.Copies)],
            ["captions", Count(data.Characters.Count)],
            ["samples by their number of captions",
                string.Join(", ", data.CaptionsEach.Values.Select(each => $"{each.Value}: {Count(each.Count)}"))],
            ["samples without a class", Count(data.Samples - data.Bad - data.Classes.Count)],
            .. data.Others.Select(other => (string[])[$"samples with a {other.Key}", Count(other.Value)]),
        ];
        return new($"Kind {data.Kind}", ["what", "value"], rows);
    }

    static DataTable Sizes(DataSummary data) => new("Sizes",
        ["of", .. quantiles.Select(quantile => quantile.Name)],
        [
            Row("images' width, pixels", data.Widths), Row("images' height, pixels", data.Heights),
            Row("image files, bytes", data.Bytes), Row("captions, characters", data.Characters),
            Row("captions, words", data.Words),
        ]);

    static string[] Row(string name, Distribution values) =>
        [name, .. quantiles.Select(quantile => values.Quantile(quantile.Share) is { } value ? Count(value) : "")];

    static DataTable Classes(DataSummary data) => new("Classes", ["class", "name", "samples"],
    [
        .. data.Classes.Values.Select(entry => (string[])
        [
            entry.Value.ToString(CultureInfo.InvariantCulture),
            data.ClassNames is { } names && entry.Value < names.Count ? names[(int)entry.Value] : "",
            Count(entry.Count),
        ]),
    ]);

    static string Cut(string text) => text.Length <= LongestCaption ? text : $"{text[..LongestCaption]}…";

    static string Keys(Repetition same) =>
        string.Join(", ", same.Keys) + (same.Count > same.Keys.Count ? ", …" : "");

    static string Count(long value) => Figures.Count(value);
}

using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>The places of a table's columns, from 0; -1 for a column that the table does not have.</summary>
/// <param name="Image">The path of the image.</param>
/// <param name="Caption">The caption.</param>
/// <param name="Label">The class, a number or a name.</param>
readonly record struct TableColumns(int Image, int Caption, int Label)
{
    /// <summary>Finds the columns that the options name, or the usual ones.</summary>
    /// <exception cref="InvalidDataException">The table lacks a column.</exception>
    public static TableColumns Of(CsvTable table, TableOptions options) => new(
        Find(table, "image_column", options.ImageColumn, UsualColumns.Images) is >= 0 and var found ? found
            : throw NoImages(table, "Say which one names the images, as in image_column = \"...\""),
        Find(table, "caption_column", options.CaptionColumn, UsualColumns.Captions),
        Find(table, "label_column", options.LabelColumn, UsualColumns.Labels));

    /// <summary>Finds the columns of a folder's table of captions.</summary>
    /// <param name="table">The table.</param>
    /// <param name="caption">The name that the experiment gives; null to try usual ones.</param>
    /// <exception cref="InvalidDataException">The table lacks a column.</exception>
    public static TableColumns OfCaptions(CsvTable table, string? caption) => new(
        UsualColumns.Find(table.Columns, null, UsualColumns.Images) is >= 0 and var found ? found
            : throw NoImages(table, "Rename the one that names the images to file_name"),
        Find(table, "caption_column", caption, UsualColumns.Captions),
        UsualColumns.Find(table.Columns, null, UsualColumns.Labels));

    /// <summary>The names of the columns that hold neither images, nor captions, nor classes.</summary>
    public IEnumerable<string> Others(CsvTable table)
    {
        int[] known = [Image, Caption, Label];
        return table.Columns.Where((_, place) => !known.Contains(place));
    }

    /// <summary>Names in a sentence: <c>caption, text or title</c>.</summary>
    public static string Or(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    static int Find(CsvTable table, string key, string? given, IReadOnlyList<string> usual) =>
        UsualColumns.Find(table.Columns, given, usual) is var place && (place >= 0 || given is null) ? place
            : throw new InvalidDataException(
                $"{table.Path} has no column `{given}`, which {key} = \"{given}\" names; it has {table.Names}");

    static InvalidDataException NoImages(CsvTable table, string advice) => new(
        $"{table.Path} has no column {Or(UsualColumns.Images)}; it has {table.Names}. {advice}");
}

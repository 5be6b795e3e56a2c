using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>The places of a table's columns, from 0; -1 for a column that the table does not have.</summary>
/// <param name="Image">The path of the image.</param>
/// <param name="Caption">The caption.</param>
/// <param name="Label">The class, a number or a name.</param>
readonly record struct TableColumns(int Image, int Caption, int Label)
{
    /// <summary>Finds the columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="image">The name that the experiment gives; null to try usual ones.</param>
    /// <param name="caption">The name that the experiment gives; null to try usual ones.</param>
    /// <param name="label">The name that the experiment gives; null to try usual ones.</param>
    /// <exception cref="InvalidDataException">The table lacks a column.</exception>
    public static TableColumns Of(CsvTable table, string? image, string? caption, string? label) => new(
        Find(table, "image_column", image, UsualColumns.Images) is >= 0 and var found ? found
            : throw new InvalidDataException($"{table.Path} has no column {Or(UsualColumns.Images)}; it has "
            + $"{Names(table)}. Say "
            + "which "
                + "one names the images, as in image_column = \"...\""),
        Find(table, "caption_column", caption, UsualColumns.Captions),
        Find(table, "label_column", label, UsualColumns.Labels));

    /// <summary>Finds the columns that the options name.</summary>
    public static TableColumns Of(CsvTable table, TableOptions options) =>
        Of(table, options.ImageColumn, options.CaptionColumn, options.LabelColumn);

    static int Find(CsvTable table, string key, string? given, IReadOnlyList<string> usual) =>
        UsualColumns.Find(table.Columns, given, usual) is var place && (place >= 0 || given is null) ? place
            : throw new InvalidDataException(
                $"{table.Path} has no column `{given}`, which {key} = \"{given}\" names; it has {Names(table)}");

    static string Names(CsvTable table) => string.Join(", ", table.Columns.Select(name => $"`{name}`"));

    static string Or(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
}

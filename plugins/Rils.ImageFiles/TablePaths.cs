using System.Text;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Finds the images that the cells of a table name.</summary>
/// <param name="options">The options of the source.</param>
/// <param name="table">The path of the table.</param>
sealed class TablePaths(TableOptions options, string table)
{
    readonly string folder = options.Images ?? Path.GetDirectoryName(table)!;
    readonly SampleText text = new(options.Encoding);

    /// <summary>The absolute path that a cell names; null where the cell is blank or no text.</summary>
    /// <param name="cell">The cell, a character for each byte.</param>
    public string? Of(string cell) =>
        text.Decode(Encoding.Latin1.GetBytes(cell), "it") is { Text: { Length: > 0 } name } && !name.Contains('\0')
            ? Path.GetFullPath(name, folder) : null;

    /// <summary>The path that a cell names, as it is written, without its ending; null where the cell is blank or no
    /// text.</summary>
    /// <param name="cell">The cell, a character for each byte.</param>
    public string? KeyOf(string cell) =>
        text.Decode(Encoding.Latin1.GetBytes(cell), "it") is { Text: { Length: > 0 } name } ? SampleKey.Of(name) : null;
}

using System.Collections.Concurrent;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Reads rows of tables by their places. Several threads may read.</summary>
/// <param name="parts">The tables.</param>
/// <param name="options">The options of the source.</param>
sealed class TableFiles(IReadOnlyList<IndexedPart> parts, TableOptions options) : IDisposable
{
    readonly Dictionary<IndexedPart, DataFile> files = parts
        .ToDictionary(part => part, part => new DataFile(part.State));
    readonly ConcurrentDictionary<IndexedPart, (char Delimiter, TableColumns Columns)> forms = new();

    /// <summary>The columns of a table.</summary>
    public TableColumns Columns(IndexedPart part) => Form(part).Columns;

    /// <summary>Reads the rows at a place.</summary>
    /// <param name="part">The table.</param>
    /// <param name="place">The place of the rows.</param>
    /// <param name="what">Names the sample, for messages.</param>
    public IReadOnlyList<CsvRow> Rows(IndexedPart part, Slice place, string what) =>
        [.. CsvTable.Parse(files[part].Read(place, what), Form(part).Delimiter)
            .Select(cells => new CsvRow(place, 0, cells))];

    /// <summary>The absolute path of the image of the rows at a place; empty where they name none.</summary>
    public string PathOf(IndexedPart part, Slice place) => new TablePaths(options, part.State.Path)
        .Of(Rows(part, place, part.Name)[0][Columns(part).Image]) ?? "";

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in files.Values) file.Dispose();
    }

    (char Delimiter, TableColumns Columns) Form(IndexedPart part) => forms.GetOrAdd(part, _ =>
    {
        using var table = CsvTable.Open(part.State.Path);
        return (table.Delimiter, TableColumns.Of(table, options));
    });
}

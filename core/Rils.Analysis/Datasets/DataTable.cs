namespace Rils.Analysis.Datasets;

/// <summary>A table about some data.</summary>
/// <param name="Title">The line above the table, which names its content.</param>
/// <param name="Columns">The titles of the columns.</param>
/// <param name="Rows">The rows, each with a cell for every column.</param>
public sealed record DataTable(
    string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

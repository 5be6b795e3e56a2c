namespace Rils.Analysis.Sheets;

/// <summary>A table of text, which each output format draws in its own way.</summary>
/// <param name="Title">The sentence above the table: its content, and the claims that it does not support.</param>
/// <param name="Columns">The titles of the columns.</param>
/// <param name="Rows">The rows, each with a cell for every column.</param>
/// <param name="Notes">The lines below the table.</param>
public sealed record Sheet(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string> Notes)
{
    /// <summary>Copies the sheet without the columns that are empty in all rows.</summary>
    public Sheet Filled()
    {
        int[] filled = [.. Enumerable.Range(0, Columns.Count).Where(column => Rows.Any(row => row[column].Length > 0))];
        return this with
        {
            Columns = [.. filled.Select(column => Columns[column])],
            Rows = [.. Rows.Select(row => (IReadOnlyList<string>)[.. filled.Select(column => row[column])])],
        };
    }
}

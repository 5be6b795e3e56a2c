namespace Rils.Cli.Rendering;

/// <summary>A table before it has a format.</summary>
/// <param name="Title">What it shows, and of what nothing is claimed.</param>
/// <param name="Columns">Their heads.</param>
/// <param name="Rows">As many cells as there are columns.</param>
sealed record Sheet(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Without the columns that no row fills.</summary>
    public Sheet Filled()
    {
        int[] filled = [.. Enumerable.Range(0, Columns.Count).Where(column => Rows.Any(row => row[column].Length > 0))];
        return new(Title, [.. filled.Select(column => Columns[column])], [.. Rows.Select(row => (IReadOnlyList<string>)[.. filled.Select(column => row[column])])]);
    }
}

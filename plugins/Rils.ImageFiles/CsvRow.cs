using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>A row of a table.</summary>
/// <param name="Place">The row's bytes, with blank lines before it.</param>
/// <param name="Line">The line in which the row begins, from 1.</param>
/// <param name="Cells">The cells, a character for each byte.</param>
readonly record struct CsvRow(Slice Place, int Line, string[] Cells)
{
    /// <summary>The cell of a column; blank where the row is shorter, or where there is no such column.</summary>
    public string this[int column] => column >= 0 && column < Cells.Length ? Cells[column] : "";
}

using Rils.Files;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Makes tables as they suit the output.</summary>
static class Tables
{
    /// <summary>Makes a table without rows: with lines on a terminal, otherwise in columns of plain text.</summary>
    public static Table New(bool isPlain, params IEnumerable<string> columns)
    {
        var table = new Table { Border = isPlain ? TableBorder.None : TableBorder.Rounded };
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(Printable.Line(column))));
        return table;
    }

    /// <summary>Adds a row. Each cell is one line of text; the table does not read it as markup.</summary>
    public static void Add(this Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(Printable.Line(cell))));
}

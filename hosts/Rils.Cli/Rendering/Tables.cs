using Rils.Files;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>A table as it suits the output.</summary>
static class Tables
{
    /// <summary>Lined on a terminal; columns of plain text otherwise.</summary>
    public static Table New(bool isPlain, params IEnumerable<string> columns)
    {
        var table = new Table { Border = isPlain ? TableBorder.None : TableBorder.Rounded };
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(Printable.Line(column))));
        return table;
    }

    /// <summary>A row of text that is no markup, and of one line.</summary>
    public static void Add(this Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(Printable.Line(cell))));
}

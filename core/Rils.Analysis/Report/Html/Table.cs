
namespace Rils.Analysis.Report.Html;

/// <summary>Writes tables, notes and names in the form that all sections share.</summary>
static class Table
{
    /// <summary>Writes a table that scrolls sideways where the page is too narrow. The first cell of a row is its
    /// heading.</summary>
    public static Markup Of(string caption, IReadOnlyList<Markup> columns, IEnumerable<IReadOnlyList<Markup>> rows) =>
        Markup.Of($"""
            <p class="caption">{caption}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table aria-label="{caption}">
            <thead><tr>{columns.Select(column => Markup.Of($"<th scope=\"col\">{column}</th>"))}</tr></thead>
            <tbody>
            {rows.Select(Row)}</tbody>
            </table></div>

            """);

    static Markup Row(IReadOnlyList<Markup> cells) => Markup.Of(
        $"<tr><th scope=\"row\">{cells[0]}</th>{cells.Skip(1).Select(cell => Markup.Of($"<td>{cell}</td>"))}</tr>\n");

    /// <summary>Writes a table of names and values.</summary>
    public static Markup Pairs(string caption, IEnumerable<KeyValuePair<string, string>> values) =>
        Of(caption, [Text("what"), Text("value")], values.Select(pair => (Markup[])[Text(pair.Key), Text(pair.Value)]));

    /// <summary>Writes a part that a click on its name opens and closes.</summary>
    public static Markup Folded(string name, Markup body, bool isOpen)
    {
        var open = isOpen ? " open" : "";
        return Markup.Of($"<details{open}><summary>{name}</summary>\n{body}</details>\n");
    }

    public static Markup Text(string? plain) => Markup.Of($"{plain}");

    public static Markup Note(string line) => Markup.Of($"<p class=\"note\">{line}</p>\n");
}

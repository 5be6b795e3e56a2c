using Rils.Analysis.Report.Html;

namespace Rils.Analysis.Datasets;

/// <summary>Writes what some data holds as one HTML file that needs no other file and no network.</summary>
public static class DataPage
{
    // The policy allows no script and no address, so the page runs and fetches nothing, whatever captions hold.
    const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        + "form-action 'none'";

    /// <summary>Writes the page: the same text for the same tables and pictures.</summary>
    /// <param name="title">The name of the data.</param>
    /// <param name="tables">The tables, in their order.</param>
    /// <param name="pictures">The contact sheet; may be empty.</param>
    public static string Write(
        string title, IReadOnlyList<DataTable> tables, IReadOnlyList<DataPicture> pictures) => Markup.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <link rel="icon" href="data:,">
        <title>{title}: what the data holds</title>
        <style>
        {new Markup(Asset.Text("report.css"))}
        {new Markup(Asset.Text("data.css"))}
        </style>
        </head>
        <body>
        <header>
        <h1>{title}</h1>
        </header>
        <main>
        {new Section("tables", "Contents", Markup.Join(tables.Select(Tabled))).Write()}
        {Sheet(pictures)}</main>
        </body>
        </html>

        """).Html;

    static Markup Tabled(DataTable table) => Table.Of(table.Title, [.. table.Columns.Select(Table.Text)],
        table.Rows.Select(row => (Markup[])[.. row.Select(Table.Text)]));

    static Markup Sheet(IReadOnlyList<DataPicture> pictures) => pictures.Count == 0 ? Markup.None
        : new Section("sheet", "Contact sheet", Markup.Of(
            $"<p>{pictures.Count} samples, spread evenly over the data; the centre of each image.</p>\n"
            + $"<div class=\"sheet\">\n{pictures.Select(Shot)}</div>\n")).Write();

    static Markup Shot(DataPicture picture) => Markup.Of(
        $"""<figure><img src="data:image/png;base64,{Convert.ToBase64String(picture.Png.Span)}" alt="{picture.Key}">"""
        + $"""<figcaption>{picture.Key}</figcaption>"""
        + $"""{picture.Lines.Select(line => Markup.Of($"<p>{line}</p>"))}</figure>{new Markup("\n")}""");
}

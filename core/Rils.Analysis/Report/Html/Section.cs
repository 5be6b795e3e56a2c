namespace Rils.Analysis.Report.Html;

/// <summary>A section of the page.</summary>
/// <param name="Id">The name that links to the section use.</param>
/// <param name="Title">The heading.</param>
/// <param name="Body">The markup below the heading.</param>
sealed record Section(string Id, string Title, Markup Body)
{
    public Markup Write() => Markup.Of(
        $"<section id=\"{Id}\" aria-labelledby=\"{Id}-title\">\n"
        + $"<h2 id=\"{Id}-title\">{Title}</h2>\n{Body}</section>\n");
}

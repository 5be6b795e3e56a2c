namespace Rils.Analysis.Report.Html;

/// <summary>A section of the page.</summary>
/// <param name="Id">What links to it name.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Body">What is below.</param>
sealed record Section(string Id, string Title, Markup Body)
{
    public Markup Write() => Markup.Of($"<section id=\"{Id}\" aria-labelledby=\"{Id}-title\">\n<h2 id=\"{Id}-title\">{Title}</h2>\n{Body}</section>\n");
}

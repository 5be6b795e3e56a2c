namespace Rils.Analysis.Report.Html;

/// <summary>An arm's colour and dashes. <c>report.css</c> has the colours, dark and light, after Okabe and Ito, so that
/// colour-blind readers tell them apart.</summary>
static class Palette
{
    const int Colours = 6;

    /// <summary>The lengths of dashes and gaps, in pixels.</summary>
    static readonly int[][] Dashes = [[], [9, 4], [2, 3], [10, 3, 2, 3], [5, 3], [14, 5]];

    /// <summary>The CSS variable of an arm's colour.</summary>
    public static string Colour(int arm) => $"--arm-{arm % Colours}";

    /// <summary>The dashes of an arm's line. The shift by colour gives no two of 36 arms both colour and dashes in
    /// common.</summary>
    public static IReadOnlyList<int> Dash(int arm) => Dashes[(arm + arm / Colours) % Dashes.Length];

    /// <summary>A short piece of an arm's line.</summary>
    public static Markup Swatch(int arm) => Markup.Of(
        $"""<svg class="swatch" width="30" height="8" aria-hidden="true"><line x1="0" y1="4" x2="30" y2="4" """
        + $"""stroke="var({Colour(arm)})" stroke-width="3" stroke-dasharray="{string.Join(' ', Dash(arm))}"/></svg>""");
}

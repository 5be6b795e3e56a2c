namespace Rils.Analysis.Report.Html;

/// <summary>An arm's colour and dashes. The colours are in <c>report.css</c>, dark and light, after Okabe and Ito: the colour-blind can tell them apart.</summary>
static class Palette
{
    const int Colours = 6;

    /// <summary>Lengths of dashes and gaps in pixels.</summary>
    static readonly int[][] Dashes = [[], [9, 4], [2, 3], [10, 3, 2, 3], [5, 3], [14, 5]];

    /// <summary>The CSS variable of an arm's colour.</summary>
    public static string Colour(int arm) => $"--arm-{arm % Colours}";

    /// <summary>So shifted that no two of 36 arms have both in common.</summary>
    public static IReadOnlyList<int> Dash(int arm) => Dashes[(arm + arm / Colours) % Dashes.Length];

    /// <summary>A short piece of the line of an arm.</summary>
    public static Markup Swatch(int arm) => Markup.Of($"""
        <svg class="swatch" width="30" height="8" aria-hidden="true"><line x1="0" y1="4" x2="30" y2="4" stroke="var({Colour(arm)})" stroke-width="3" stroke-dasharray="{string.Join(' ', Dash(arm))}"/></svg>
        """);
}

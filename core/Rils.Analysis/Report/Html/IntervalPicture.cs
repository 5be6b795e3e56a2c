using Rils.Analysis.Findings;

namespace Rils.Analysis.Report.Html;

/// <summary>Draws a difference and its interval on a line around zero.</summary>
static class IntervalPicture
{
    const double Width = 240, Middle = Width / 2, Half = Middle - 10;

    /// <summary>The largest distance from zero of some differences and their intervals, in the unit of the metric; 0
    /// where all are 0.</summary>
    public static double Reach(IEnumerable<(double Mean, Interval? Interval)> shown) =>
        shown.SelectMany(one => (double[])[one.Mean, one.Interval?.Low ?? 0, one.Interval?.High ?? 0]).Select(Math.Abs)
            .Where(double.IsFinite).DefaultIfEmpty(0).Max();

    /// <summary>Draws one difference.</summary>
    /// <param name="mean">The difference, in the unit of the metric.</param>
    /// <param name="interval">The interval of the difference; null draws the mean alone.</param>
    /// <param name="reach">The value at either end of the scale; all pictures of a metric have the same reach.</param>
    /// <param name="colour">The name of a CSS variable.</param>
    public static Markup Of(double mean, Interval? interval, double reach, string colour)
    {
        double X(double value) =>
            Middle + (reach > 0 && double.IsFinite(value) ? Half * Math.Clamp(value / reach, -1, 1) : 0);
        var range = interval is null ? "" : $", 95% from {Figures.Range(interval)}";
        var label = $"difference {Figures.Signed(mean)}{range}, "
            + $"on a scale to {Figures.Metric(reach)} on either side of 0";
        var bar = interval is null ? Markup.None : Bar(X(interval.Low), X(interval.High), colour);
        return Markup.Of(
            $"""<svg class="interval" viewBox="0 0 {Width} 30" width="{Width}" height="30" role="img" """
            + $"""aria-label="{label}"><line class="axis" x1="{Middle - Half}" y1="12" x2="{Middle + Half}" y2="12"/>"""
            + $"""<line class="zero" x1="{Middle}" y1="2" x2="{Middle}" y2="22"/>{bar}"""
            + $"""<circle cx="{X(mean)}" cy="12" r="4.5" fill="var({colour})"/>"""
            + $"""<text x="{Middle - Half}" y="29">{Figures.Signed(-reach)}</text>"""
            + $"""<text x="{Middle}" y="29" text-anchor="middle">0</text>"""
            + $"""<text x="{Middle + Half}" y="29" text-anchor="end">{Figures.Signed(reach)}</text></svg>""");
    }

    static Markup Bar(double low, double high, string colour) => Markup.Of($"""
        <path d="M{low} 12H{high}M{low} 7V17M{high} 7V17" fill="none" stroke="var({colour})" stroke-width="2.5"/>
        """);
}

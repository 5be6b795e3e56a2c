using Rils.Analysis.Findings;

namespace Rils.Analysis.Report.Html;

/// <summary>A difference and its interval on a line around zero.</summary>
static class IntervalPicture
{
    const double Width = 240, Middle = Width / 2, Half = Middle - 10;

    /// <summary>How far from zero a scale must reach for some differences and their intervals; 0 where all are 0.</summary>
    public static double Reach(IEnumerable<(double Mean, Interval? Interval)> shown) =>
        shown.SelectMany(one => (double[])[one.Mean, one.Interval?.Low ?? 0, one.Interval?.High ?? 0]).Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    /// <summary>Draws one.</summary>
    /// <param name="mean">In the unit of the metric.</param>
    /// <param name="interval">Null for a mean alone.</param>
    /// <param name="reach">Of the scale, to each side; all pictures of a metric have the same.</param>
    /// <param name="colour">A CSS variable.</param>
    public static Markup Of(double mean, Interval? interval, double reach, string colour)
    {
        double X(double value) => Middle + (reach > 0 && double.IsFinite(value) ? Half * Math.Clamp(value / reach, -1, 1) : 0);
        var label = $"difference {Figures.Signed(mean)}{(interval is null ? "" : $", 95% from {Figures.Range(interval)}")}, on a scale to {Figures.Metric(reach)} on either side of 0";
        return Markup.Of($"""
            <svg class="interval" viewBox="0 0 {Width} 30" width="{Width}" height="30" role="img" aria-label="{label}"><line class="axis" x1="{Middle - Half}" y1="12" x2="{Middle + Half}" y2="12"/><line class="zero" x1="{Middle}" y1="2" x2="{Middle}" y2="22"/>{(interval is null ? Markup.None : Bar(X(interval.Low), X(interval.High), colour))}<circle cx="{X(mean)}" cy="12" r="4.5" fill="var({colour})"/><text x="{Middle - Half}" y="29">{Figures.Signed(-reach)}</text><text x="{Middle}" y="29" text-anchor="middle">0</text><text x="{Middle + Half}" y="29" text-anchor="end">{Figures.Signed(reach)}</text></svg>
            """);
    }

    static Markup Bar(double low, double high, string colour) => Markup.Of($"""
        <path d="M{low} 12H{high}M{low} 7V17M{high} 7V17" fill="none" stroke="var({colour})" stroke-width="2.5"/>
        """);
}

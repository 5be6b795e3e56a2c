using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rils.Analysis.Report.Html;

/// <summary>Fills the holes of <see cref="Markup"/>. A hole of a type without an overload does not compile.</summary>
[InterpolatedStringHandler]
readonly ref struct MarkupHandler(int literalLength, int formattedCount)
{
    readonly StringBuilder text = new(literalLength + 16 * formattedCount);

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Markup markup) => text.Append(markup.Html);

    public void AppendFormatted(IEnumerable<Markup> markup)
    {
        foreach (var part in markup) text.Append(part.Html);
    }

    public void AppendFormatted(string? plain) => text.Append(WebUtility.HtmlEncode(plain));

    public void AppendFormatted(long number) => text.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number) => text.Append(number.ToString("0.##", CultureInfo.InvariantCulture));

    public string Finish() => text.ToString();
}

using System.Globalization;
using System.Text.Json;
using Rils.Analysis.Report.Html;

namespace Rils.Analysis.Report.Curves;

/// <summary>Writes the charts as <c>report.js</c> reads them.</summary>
static class ChartJson
{
    /// <summary>JSON whose strings hold no character that ends a script element.</summary>
    public static Markup Write(IReadOnlyList<string> arms, IReadOnlyList<Chart> charts)
    {
        using var stream = new MemoryStream();
        // The default encoder escapes <, > and &.
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("arms");
            foreach (var (index, name) in arms.Index()) Write(json, index, name);
            json.WriteEndArray();
            json.WriteStartArray("charts");
            foreach (var chart in charts) Write(json, chart);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return new(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    static void Write(Utf8JsonWriter json, int index, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("colour", Palette.Colour(index));
        json.WriteStartArray("dash");
        foreach (var length in Palette.Dash(index)) json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Chart chart)
    {
        json.WriteStartObject();
        json.WriteStartArray("steps");
        foreach (var step in chart.Steps) json.WriteNumberValue(step);
        json.WriteEndArray();
        if (chart.Chance is { } chance) Write(json, "chance", [chance]);
        json.WriteStartArray("curves");
        foreach (var curve in chart.Curves)
        {
            json.WriteStartObject();
            json.WriteNumber("arm", curve.Arm);
            Write(json, "mean", curve.Mean);
            if (curve.Low is { } low) Write(json, "low", low);
            if (curve.High is { } high) Write(json, "high", high);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes numbers with five significant digits: a chart shows no more.</summary>
    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<double?> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (value is { } number && double.IsFinite(number))
                json.WriteRawValue(number.ToString("G5", CultureInfo.InvariantCulture));
            else json.WriteNullValue();
        }
        json.WriteEndArray();
    }
}

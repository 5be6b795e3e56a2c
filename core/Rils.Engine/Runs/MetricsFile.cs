using System.Text.Json;
using Rils.Engine.Training;

namespace Rils.Engine.Runs;

/// <summary><c>metrics.jsonl</c>: one line per arm and step, ordered by step, then by arm. It holds no times: two equal runs write equal files.</summary>
sealed class MetricsFile(string folder) : IDisposable
{
    readonly FileStream stream = new(Path.Combine(folder, "metrics.jsonl"), FileMode.Create, FileAccess.Write, FileShare.Read);

    public void Write(IEnumerable<MetricRow> rows)
    {
        foreach (var row in rows)
        {
            using (var json = new Utf8JsonWriter(stream)) Write(json, row);
            stream.WriteByte((byte)'\n');
        }
        stream.Flush();
    }

    public void Dispose() => stream.Dispose();

    static void Write(Utf8JsonWriter json, MetricRow row)
    {
        json.WriteStartObject();
        json.WriteString("arm", row.Arm);
        json.WriteNumber("step", row.Step);
        foreach (var (name, value) in row.Values)
        {
            if (double.IsFinite(value)) json.WriteNumber(name, value);
            else json.WriteString(name, $"{value}");
        }
        json.WriteEndObject();
    }
}

using System.Text.Json;
using Rils.Engine.Files;
using Rils.Engine.Training;

namespace Rils.Engine.Runs;

/// <summary><c>metrics.jsonl</c>: one line per arm and step, ordered by step, then by arm. It holds no times: two equal runs write equal files.</summary>
sealed class MetricsFile : IDisposable
{
    /// <summary>Its name in the folder of a seed.</summary>
    public const string Name = "metrics.jsonl";

    readonly FileStream stream;
    readonly IReadOnlyList<string> arms;

    /// <summary>Opens the file of a seed, cut back to what is before a step: a killed run may have gone further than its last checkpoint.</summary>
    /// <exception cref="InvalidDataException">What should be before that step is damaged.</exception>
    public MetricsFile(string folder, long step, IReadOnlyList<string> arms)
    {
        this.arms = arms;
        var path = Path.Combine(folder, Name);
        var isThere = File.Exists(path);
        var text = isThere && step > 0 ? File.ReadAllBytes(path) : [];
        Kept = Read(text, step, out var end);
        // A checkpoint is written after the metrics of the step before it: not even a killed run leaves less.
        if (isThere && step > 0 && Kept.LastOrDefault()?.Step != step - 1)
            throw new InvalidDataException($"{path}: line {Kept.Count + 1} is damaged: it should go on to step {step - 1}, where the last checkpoint " +
                "is. Put the file back, or remove it to go on without the metrics before that step");
        // Another file: of one that the disk once failed to keep, a later flush tells nothing.
        DurableFile.Write(path, file => file.Write(text.AsSpan(0, end)));
        stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>What the file held already.</summary>
    public IReadOnlyList<MetricRow> Kept { get; }

    public void Write(IEnumerable<MetricRow> rows) => FileLimit.Watch(stream.Name, () =>
    {
        foreach (var row in rows)
        {
            using (var json = new Utf8JsonWriter(stream)) Write(json, row);
            stream.WriteByte((byte)'\n');
        }
        stream.Flush();
    });

    /// <summary>To the disk: a checkpoint must never be newer than the metrics before it.</summary>
    /// <exception cref="DiskException">The disk did not keep them.</exception>
    public void Flush()
    {
        stream.Flush();
        Disk.Flush(stream.SafeFileHandle, stream.Name);
    }

    public void Dispose() => stream.Dispose();

    List<MetricRow> Read(byte[] text, long step, out int end)
    {
        List<MetricRow> rows = [];
        end = 0;
        for (int start = 0, length; (length = text.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += length + 1)
        {
            if (Parse(text.AsMemory(start, length)) is not { } row || row.Step >= step || !arms.Contains(row.Arm)) break;
            rows.Add(row);
            end = start + length + 1;
        }
        return rows;
    }

    /// <summary>Null for a line that is damaged.</summary>
    internal static MetricRow? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var properties = json.RootElement.EnumerateObject().ToArray();
            return new(json.RootElement.GetProperty("arm").GetString()!, json.RootElement.GetProperty("step").GetInt64(),
                [.. properties.Where(p => p.Name is not ("arm" or "step")).Select(p => KeyValuePair.Create(p.Name, Number(p.Value)))]);
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

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

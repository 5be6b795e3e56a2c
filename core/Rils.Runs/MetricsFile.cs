using System.Security.Cryptography;
using System.Text.Json;
using Rils.Contract;
using Rils.Files;

namespace Rils.Runs;

/// <summary><c>metrics.jsonl</c>: one line per arm and step, ordered by step, then by arm. The file holds no times, so
/// two equal runs write equal files.</summary>
sealed class MetricsFile : ISink
{
    /// <summary>The file's name in the folder of a seed.</summary>
    public const string Name = "metrics.jsonl";

    readonly FileStream stream;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Opens the file of a seed and cuts it back to a checkpoint, because a killed run may have gone further.
    /// A file that was removed begins anew.</summary>
    /// <param name="folder">The folder of the seed.</param>
    /// <param name="mark">The end of the file when the checkpoint was made; null without a checkpoint.</param>
    /// <exception cref="InvalidDataException">The file lacks what it held when the checkpoint was made.</exception>
    public MetricsFile(string folder, MetricsMark? mark)
    {
        var path = Path.Combine(folder, Name);
        var kept = mark is not null && File.Exists(path) ? Seen(path, mark) : [];
        Kept = [.. Lines(kept).Select(line => Parse(line)).OfType<MetricRow>()];
        hash.AppendData(kept);
        // A new file: after one failure of the disk, a later flush of the same file reports none.
        DurableFile.Write(path, file => file.Write(kept));
        stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>The rows that the file held when it was opened.</summary>
    public IReadOnlyList<MetricRow> Kept { get; }

    /// <summary>The present end of the file.</summary>
    public MetricsMark Mark => new(stream.Position, Convert.ToHexStringLower(hash.GetCurrentHash()));

    public void Receive(RunEvent happened)
    {
        if (happened is StepsTrained trained) Write(trained.Rows);
    }

    void Write(IEnumerable<MetricRow> rows) => FileLimit.Watch(stream.Name, () =>
    {
        using var lines = new MemoryStream();
        foreach (var row in rows)
        {
            using (var json = new Utf8JsonWriter(lines)) Write(json, row);
            lines.WriteByte((byte)'\n');
        }
        var bytes = lines.GetBuffer().AsSpan(0, (int)lines.Length);
        stream.Write(bytes);
        stream.Flush();
        hash.AppendData(bytes);
    });

    /// <summary>Brings the rows to the disk: a checkpoint must never be newer than the metrics before it.</summary>
    /// <exception cref="DiskException">The disk did not keep the rows.</exception>
    public void Flush()
    {
        stream.Flush();
        Disk.Flush(stream.SafeFileHandle, stream.Name);
    }

    public void Dispose()
    {
        stream.Dispose();
        hash.Dispose();
    }

    static byte[] Seen(string path, MetricsMark mark)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length >= mark.Length
            && Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, (int)mark.Length))) == mark.Sha256)
            return bytes[..(int)mark.Length];
        throw new InvalidDataException(
            $"{path} is damaged, or was edited: it does not hold what the last checkpoint saw. "
            + "Put it back, or remove it to go on without the metrics before that step");
    }

    static IEnumerable<ReadOnlyMemory<byte>> Lines(byte[] text)
    {
        for (int start = 0, length; (length = text.AsSpan(start).IndexOf((byte)'\n')) >= 0; start += length + 1)
            yield return text.AsMemory(start, length);
    }

    /// <summary>Reads a line; null for a damaged line.</summary>
    internal static MetricRow? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var properties = json.RootElement.EnumerateObject().ToArray();
            return new(
                json.RootElement.GetProperty("arm").GetString()!, json.RootElement.GetProperty("step").GetInt64(),
                [.. properties.Where(p => p.Name is not ("arm" or "step"))
                    .Select(p => KeyValuePair.Create(p.Name, Number(p.Value)))]);
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble() : double.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

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

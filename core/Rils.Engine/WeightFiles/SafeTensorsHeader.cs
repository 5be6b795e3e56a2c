using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Rils.Files;
using static TorchSharp.torch;

namespace Rils.Engine.WeightFiles;

/// <summary>The header of a safetensors file: reads one with every check that the bytes allow, and lays out a new
/// one.</summary>
static class SafeTensorsHeader
{
    const int LengthBytes = 8, Alignment = 8;
    const string Metadata = "__metadata__";
    const long Longest = 100_000_000; // the reference implementation's limit
    static readonly string[] Keys = ["dtype", "shape", "data_offsets"];
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads the tensors, in the order of their bytes, and the place in the file from which their offsets
    /// count.</summary>
    public static (IReadOnlyList<SafeTensorsEntry> Entries, long Data) Read(SafeFileHandle file, string path)
    {
        var (header, data, available) = Bytes(file, path);
        return (Parse(header, path, json => Entries(json, available, path)), data);
    }

    /// <summary>Reads the file's words about itself; empty where there are none.</summary>
    public static IReadOnlyDictionary<string, string> ReadMetadata(SafeFileHandle file, string path) =>
        Parse(Bytes(file, path).Header, path, json => json.TryGetProperty(Metadata, out var own)
            ? own.EnumerateObject().ToDictionary(entry => entry.Name, entry => Text(entry, path)) : []);

    static string Text(JsonProperty entry, string path) => entry.Value.ValueKind == JsonValueKind.String
        ? entry.Value.GetString()!
        : throw Damaged(path, $"`{entry.Name}` in {Metadata} is {entry.Value.GetRawText()}: "
            + "the format takes strings there, as in \"step\": \"100\"");

    /// <summary>Reads the header's bytes, the place of the data behind them, and the number of bytes of the
    /// data.</summary>
    static (byte[] Header, long Data, long Available) Bytes(SafeFileHandle file, string path)
    {
        var size = RandomAccess.GetLength(file);
        if (ForeignFormat.Of(Start(file)) is { } other) throw Damaged(path, other);
        if (size < LengthBytes) throw Damaged(path, $"{size} bytes are too few for a safetensors file (truncated?)");
        Span<byte> prefix = stackalloc byte[LengthBytes];
        Fill(file, path, prefix, 0);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > Longest)
            throw Damaged(path, $"bad header length {length}: this is no safetensors file, or it is damaged");
        var data = LengthBytes + (long)length;
        if (data > size) throw Damaged(path, $"truncated: the header ends at byte {data}, the file has {size}");
        var header = new byte[length];
        Fill(file, path, header, LengthBytes);
        return (header, data, size - data);
    }

    /// <summary>Gives each tensor its place: wide elements first, then by name.</summary>
    public static IReadOnlyList<SafeTensorsEntry> Layout(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach (var (name, tensor) in tensors)
            if (SafeTensorsTypes.NameOf(tensor.dtype) is null)
                throw new ArgumentException(
                    $"tensor '{name}' is {tensor.dtype}; safetensors holds {SafeTensorsTypes.Names}");
        var entries = new List<SafeTensorsEntry>(tensors.Count);
        var begin = 0L;
        foreach (var (name, tensor) in tensors.OrderByDescending(ElementSize)
            .ThenBy(item => item.Key, StringComparer.Ordinal))
        {
            var end = begin + tensor.numel() * SafeTensorsTypes.SizeOf(tensor.dtype);
            entries.Add(new(name, tensor.dtype, tensor.shape, begin, end));
            begin = end;
        }
        return entries;
    }

    static int ElementSize(KeyValuePair<string, Tensor> item) => SafeTensorsTypes.SizeOf(item.Value.dtype);

    /// <summary>Writes the length and the padded header, as bytes.</summary>
    public static byte[] Encode(
        IReadOnlyList<SafeTensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using var bytes = new MemoryStream();
        bytes.Write(new byte[LengthBytes]);
        using (var json = new Utf8JsonWriter(bytes)) WriteJson(json, entries, metadata);
        while (bytes.Length % Alignment != 0) bytes.WriteByte((byte)' ');
        var result = bytes.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(result, result.Length - LengthBytes);
        return result;
    }

    static void WriteJson(Utf8JsonWriter json, IReadOnlyList<SafeTensorsEntry> entries,
        IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject();
        if (metadata.Count > 0) WriteMetadata(json, metadata);
        foreach (var entry in entries)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", SafeTensorsTypes.NameOf(entry.Type));
            json.WriteStartArray("shape");
            foreach (var side in entry.Shape) json.WriteNumberValue(side);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(entry.Begin);
            json.WriteNumberValue(entry.End);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(Metadata);
        foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteString(Readable(key), Readable(value));
        json.WriteEndObject();
    }

    // A reader of the raw header sees quotes and letters of any language as they are.
    static JsonEncodedText Readable(string text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    static SafeTensorsEntry[] Entries(JsonElement header, long available, string path)
    {
        var entries = header.EnumerateObject()
            .Where(property => property.Name != Metadata)
            .Select(property => Entry(property, available, path))
            .OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToArray();
        Check(entries, available, path);
        return entries;
    }

    static T Parse<T>(byte[] header, string path, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(header, Strict);
            return read(json.RootElement);
        }
        catch (Exception cause) when (
            cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Damaged(path, $"the header is not what the format asks for: {cause.Message}", cause);
        }
    }

    static SafeTensorsEntry Entry(JsonProperty property, long available, string path)
    {
        var (name, value) = (property.Name, property.Value);
        if (Keys.FirstOrDefault(key => value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(key, out _))
            is { } absent)
            throw Damaged(path, $"tensor '{name}' has no {absent}");
        var typeName = value.GetProperty("dtype").GetString() ?? "null";
        var type = SafeTensorsTypes.Find(typeName)
            ?? throw Damaged(
                path, $"tensor '{name}' has the unknown dtype '{typeName}'; known are {SafeTensorsTypes.Names}");
        long[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        long[] offsets = [.. value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [>= 0 and var begin, var end] || end < begin)
            throw Damaged(path, $"tensor '{name}' has the data_offsets [{string.Join(", ", offsets)}]");
        if (end > available)
            throw Damaged(path,
                $"truncated: tensor '{name}' ends at byte {end} of the data, the file holds {available}");
        if (Bytes(shape, type) != end - begin)
            throw Damaged(path, $"tensor '{name}' is {typeName} [{string.Join(", ", shape)}], "
                + $"its data_offsets hold {end - begin} bytes");
        return new(name, type, shape, begin, end);
    }

    /// <summary>The number of bytes of a shape; null for a shape with a negative side or no 64-bit size.</summary>
    static long? Bytes(long[] shape, ScalarType type)
    {
        if (shape.Any(side => side < 0)) return null;
        Int128 bytes = SafeTensorsTypes.SizeOf(type);
        // Zeros come first: an empty tensor has a size, however large its other sides are.
        foreach (var side in shape.Order())
            if ((bytes *= side) > long.MaxValue) return null;
        return (long)bytes;
    }

    // The format has no holes: bytes that belong to two tensors, or to no tensor, mean a damaged header.
    static void Check(SafeTensorsEntry[] entries, long available, string path)
    {
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin < end)
                throw Damaged(path, $"tensor '{entry.Name}' overlaps another: "
                    + $"it begins at byte {entry.Begin} of the data, before {end}");
            if (entry.Begin > end)
                throw Damaged(path, $"bytes {end} to {entry.Begin} of the data, before tensor '{entry.Name}', "
                    + "belong to no tensor");
            end = entry.End;
        }
        if (end != available)
            throw Damaged(path, $"the tensors end at byte {end} of the data, the file holds {available}");
    }

    static ReadOnlySpan<byte> Start(SafeFileHandle file)
    {
        var bytes = new byte[ForeignFormat.Enough];
        return bytes.AsSpan(0, RandomAccess.Read(file, bytes, fileOffset: 0));
    }

    static void Fill(SafeFileHandle file, string path, Span<byte> bytes, long offset)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var count = RandomAccess.Read(file, bytes[done..], offset + done);
            if (count == 0) throw Damaged(path, "truncated while it was read");
            done += count;
        }
    }

    static InvalidDataException Damaged(string path, string cause, Exception? inner = null) =>
        new($"{path}: {Printable.Line(cause)}", inner);
}

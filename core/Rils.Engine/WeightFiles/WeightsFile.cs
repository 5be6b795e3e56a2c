using System.Text.Json;
using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.WeightFiles;

/// <summary>Weights that a file names: a safetensors file, or the index of weights in several files
/// (<c>model.safetensors.index.json</c>, as transformers writes).</summary>
public static class WeightsFile
{
    /// <summary>Reads every tensor, on the CPU. The tensors belong to the caller, or to the caller's dispose
    /// scope.</summary>
    /// <exception cref="IOException">A file does not exist, or is no regular file.</exception>
    /// <exception cref="InvalidDataException">A file holds something else, or is damaged; the message names the file
    /// and the cause.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        Check(path);
        if (!IsIndex(path)) return SafeTensors.Read(path);
        using var scope = NewDisposeScope();
        var all = PartsOf(path).SelectMany(SafeTensors.Read).ToDictionary(StringComparer.Ordinal);
        foreach (var tensor in all.Values) tensor.MoveToOuterDisposeScope();
        return all;
    }

    /// <summary>Checks the headers of the files, without reading tensors.</summary>
    /// <inheritdoc cref="Read"/>
    internal static void Check(string path)
    {
        var found = (IsIndex(path) ? PartsOf(path) : [path])
            .SelectMany(part => NamesIn(part).Select(name => (Name: name, Part: part)))
            .ToLookup(tensor => tensor.Name, tensor => tensor.Part);
        if (found.Count == 0) throw new InvalidDataException($"{path}: this file holds no weights");
        if (!IsIndex(path)) return;
        if (found.FirstOrDefault(parts => parts.Count() > 1) is { } twice)
            throw new InvalidDataException(
                $"{path}: tensor '{twice.Key}' is in {string.Join(" and in ", twice.Select(Path.GetFileName))}");
        foreach (var (name, part) in MapOf(path))
            if (!found[name].Any(holder => Path.GetFileName(holder) == part))
                throw new InvalidDataException($"{path}: tensor '{name}' should be in {part}, and is not: "
                    + "index and parts come from different downloads");
    }

    /// <summary>The files that are read: an index comes before its parts.</summary>
    internal static IReadOnlyList<string> FilesOf(string path) => IsIndex(path) ? [path, .. PartsOf(path)] : [path];

    /// <summary>Whether a path names the index of several files.</summary>
    internal static bool IsIndex(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    static IEnumerable<string> NamesIn(string path)
    {
        RegularFile.Require(path);
        using var file = File.OpenHandle(path);
        return SafeTensorsHeader.Read(file, path).Entries.Select(entry => entry.Name);
    }

    static string[] PartsOf(string index) =>
        [.. MapOf(index).Select(entry => entry.Part).Distinct().Order(StringComparer.Ordinal)
            .Select(part => Path.Combine(Path.GetDirectoryName(index)!, part))];

    /// <summary>Reads which part holds which tensor.</summary>
    static List<(string Name, string Part)> MapOf(string index)
    {
        RegularFile.Require(index);
        var bytes = File.ReadAllBytes(index);
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("weight_map", out var map)
                || map.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException(
                    $"{index}: this is no index of weights, since it has no weight_map: name a .safetensors file");
            return [.. map.EnumerateObject().Select(entry => (entry.Name, PartOf(index, entry.Value)))];
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(
                $"{index}: {ForeignFormat.Of(bytes) ?? $"this is no JSON: {broken.Message}"}", broken);
        }
    }

    static string PartOf(string index, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } part
            && part == Path.GetFileName(part) && part is not ("." or "..") ? part
            : throw new InvalidDataException(
                $"{index}: its weight_map names {value.GetRawText()}: each part must be a file beside the index");
}

using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Rils.Tests.Engine.Runs;

/// <summary>The tensors of a safetensors file, without what the file says of its model: arms of two names, or from two
/// files of weights, may have equal tensors.</summary>
public static class SavedTensors
{
    /// <summary>Reads the header without its metadata, then the tensors, as bytes.</summary>
    public static byte[] Of(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var end = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, end - 8))!.AsObject();
        header.Remove("__metadata__");
        return [.. Encoding.UTF8.GetBytes(header.ToJsonString()), .. bytes[end..]];
    }
}

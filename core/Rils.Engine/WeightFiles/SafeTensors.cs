using Microsoft.Win32.SafeHandles;
using Rils.Files;
using static TorchSharp.torch;

namespace Rils.Engine.WeightFiles;

/// <summary>The safetensors format: named tensors in one file, readable by PyTorch and other tools of the
/// field.</summary>
/// <remarks>A file holds the header's length (8 bytes, little-endian), the header (JSON, padded with spaces to a
/// multiple of 8), and the tensors' bytes one after the other: wide elements first, because PyTorch's reader wants each
/// tensor aligned to its element, then by name.</remarks>
public static class SafeTensors
{
    /// <summary>Reads every tensor of a file, on the CPU. The tensors belong to the caller, or to the caller's dispose
    /// scope.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is truncated or damaged; the message names it and the
    /// cause.</exception>
    public static Dictionary<string, Tensor> Read(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var (entries, data) = SafeTensorsHeader.Read(file, path);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries) tensors.Add(entry.Name, ReadTensor(file, path, entry, data));
        foreach (var read in tensors.Values) read.MoveToOuterDisposeScope();
        return tensors;
    }

    /// <summary>Reads a file's words about itself, <c>__metadata__</c>, from the header alone; empty where there are
    /// none.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The header is damaged; the message names the file and the
    /// cause.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using var file = File.OpenHandle(path);
        return SafeTensorsHeader.ReadMetadata(file, path);
    }

    /// <summary>Writes a file whole or not at all: to a temporary file beside it, which is flushed to the disk and
    /// renamed.</summary>
    /// <remarks>The same tensors and metadata give the same bytes. Waits for the device of every tensor that is not on
    /// the CPU.</remarks>
    /// <param name="path">The path of the file.</param>
    /// <param name="tensors">The tensors by their names.</param>
    /// <param name="metadata">The file's words about itself, by key; null for none.</param>
    /// <exception cref="ArgumentException">A tensor's element type has no place in the format.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var entries = SafeTensorsHeader.Layout(tensors);
        DurableFile.Write(path, file =>
        {
            file.Write(SafeTensorsHeader.Encode(entries, metadata ?? new Dictionary<string, string>()));
            foreach (var entry in entries) WriteTensor(file, tensors[entry.Name]);
        });
    }

    static Tensor ReadTensor(SafeFileHandle file, string path, SafeTensorsEntry entry, long data)
    {
        var result = empty(entry.Shape, entry.Type);
        if (entry.Begin == entry.End) return result;
        var bytes = result.bytes;
        for (var done = 0; done < bytes.Length;)
        {
            var count = RandomAccess.Read(file, bytes[done..], data + entry.Begin + done);
            if (count == 0) throw new InvalidDataException($"{path}: truncated within tensor '{entry.Name}'");
            done += count;
        }
        return result;
    }

    static void WriteTensor(FileStream file, Tensor tensor)
    {
        if (tensor.numel() == 0) return;
        using var scope = NewDisposeScope();
        file.Write(tensor.detach().cpu().contiguous().bytes); // cpu() waits for the device
    }
}

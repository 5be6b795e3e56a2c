using Rils.Contract;

namespace Rils.Engine.WeightFiles;

/// <summary>Recognises other formats by their first bytes.</summary>
static class ForeignFormat
{
    /// <summary>The number of first bytes that suffice.</summary>
    public const int Enough = 512;

    const string Convert = "convert it to safetensors, as docs/weights.md shows";

    static readonly (byte[] Start, string Advice)[] Known =
    [
        ([(byte)'P', (byte)'K', 3, 4], $"this is a zip archive, as PyTorch's .pt, .pth and .bin files are: {Convert}"),
        ([0x80, 2], $"this is a pickle, as PyTorch's older .pt and .pth files are: {Convert}"),
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], $"this is an HDF5 file, as Keras writes: {Convert}"),
        ([.. "GGUF"u8], $"this is a GGUF file: {Convert}"),
        ([0x1F, 0x8B], "this is compressed: unpack it"),
        ([.. "<"u8],
            "this is a page of a server, not a file of weights: the download needs a login, or another address"),
        ([.. "{"u8], "this is JSON text, not a file of weights: download the file again; "
            + "the index of several is read where its name ends with .json"),
    ];

    /// <summary>Says which format a file has, and what to do about it; null for an unknown format and for
    /// safetensors.</summary>
    /// <param name="start">The file's first bytes.</param>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        if (start.Length > 8 && start[8] == '{') return null;
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        if (StandIn.Of(text) is { } standIn) return $"this is {standIn}";
        text = text.TrimStart(" \t\r\n"u8);
        foreach (var (begin, advice) in Known)
            if (text.StartsWith(begin)) return advice;
        return null;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Makes the hash that identifies the samples of a part: of keys, captions, classes and boxes, and of the
/// sizes of the images. Where all images together have up to 16 MiB, their bytes count too.</summary>
sealed class ImageContent : IDisposable
{
    const long Small = 16 << 20;

    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly List<string> paths = [];
    long total;

    /// <summary>Whether the images are few enough that their bytes count.</summary>
    public bool IsWhole => total <= Small;

    /// <summary>Takes a sample in.</summary>
    /// <param name="entry">All of the sample beside its image.</param>
    /// <param name="path">The path of the image.</param>
    /// <param name="mark">The image's mark.</param>
    public void Add(ReadOnlySpan<byte> entry, string path, FileMark mark)
    {
        Span<byte> sizes = stackalloc byte[2 * sizeof(uint)];
        BinaryPrimitives.WriteInt32LittleEndian(sizes, entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(sizes[sizeof(uint)..], mark.Size);
        hash.AppendData(sizes);
        hash.AppendData(entry);
        total += mark.Size;
        if (IsWhole) paths.Add(path);
        else paths.Clear();
    }

    /// <summary>Takes in the text of the sample that was added last, where there is such a file.</summary>
    /// <param name="path">The path of the text.</param>
    public void AddText(string path)
    {
        if (File.Exists(path)) Append(path);
    }

    /// <summary>Takes in a hash that stands for all samples.</summary>
    public void Add(string ofAll) => hash.AppendData(Encoding.UTF8.GetBytes($"{ofAll}\n"));

    /// <summary>Writes hash and reach into a scan.</summary>
    public void WriteTo(PartScan scan)
    {
        scan.IsWhole = IsWhole;
        foreach (var path in paths) Append(path);
        scan.Content = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    void Append(string path)
    {
        try
        {
            if (RegularFile.Other(path) is null) hash.AppendData(File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The error comes when the sample is read. In the hash the image counts by its size, which is 0.
        }
    }
}

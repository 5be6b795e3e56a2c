using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Finds a key that comes twice among millions: eight bytes are kept of each, in a temporary file where they
/// become many.</summary>
sealed class KeyHashes : IDisposable
{
    /// <summary>As many hashes are sorted at once, in memory: 8 MiB, or more where there would be too many
    /// buckets.</summary>
    const int Together = 1 << 20, MostBuckets = 32;

    readonly Spill hashes = new();

    /// <summary>The hash of a key. Two of fifteen million keys have one hash by chance in one of 160,000 data
    /// sets.</summary>
    public static ulong Of(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }

    /// <summary>Adds the hash of a key.</summary>
    public void Add(ulong hash) => hashes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in hash)));

    /// <summary>A hash that was added twice; null where there is none.</summary>
    /// <remarks>Equal hashes lie in one bucket, so that each bucket is looked through alone. Every bucket reads all
    /// hashes once; fifteen million have 15 buckets.</remarks>
    public ulong? Twice()
    {
        var buckets = (ulong)Math.Min(MostBuckets, hashes.Length / sizeof(ulong) / Together + 1);
        List<ulong> found = [];
        for (var bucket = 0UL; bucket < buckets; bucket++)
        {
            found.Clear();
            hashes.CopyTo(piece =>
            {
                foreach (var hash in MemoryMarshal.Cast<byte, ulong>(piece))
                    if (hash % buckets == bucket) found.Add(hash);
            });
            found.Sort();
            for (var i = 1; i < found.Count; i++)
                if (found[i] == found[i - 1]) return found[i];
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => hashes.Dispose();
}

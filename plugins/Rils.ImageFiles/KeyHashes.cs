using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rils.ImageFiles;

/// <summary>Finds a key that comes twice among millions: eight bytes are kept of each.</summary>
sealed class KeyHashes
{
    const int Buckets = 256, InChunk = 4096;

    readonly List<ulong[]>[] chunks = [.. Enumerable.Range(0, Buckets).Select(_ => new List<ulong[]>())];
    readonly int[] counts = new int[Buckets];

    /// <summary>The hash of a key. Two of fifteen million keys have one hash by chance in one of 160,000 data
    /// sets.</summary>
    public static ulong Of(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }

    /// <summary>Adds the hash of a key.</summary>
    public void Add(ulong hash)
    {
        var bucket = (int)(hash % Buckets);
        var place = counts[bucket]++ % InChunk;
        if (place == 0) chunks[bucket].Add(new ulong[InChunk]);
        chunks[bucket][^1][place] = hash;
    }

    /// <summary>A hash that was added twice; null where there is none.</summary>
    public ulong? Twice()
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            ulong[] all = [.. chunks[bucket].SelectMany(chunk => chunk).Take(counts[bucket])];
            Array.Sort(all);
            for (var i = 1; i < all.Length; i++)
                if (all[i] == all[i - 1]) return all[i];
        }
        return null;
    }
}

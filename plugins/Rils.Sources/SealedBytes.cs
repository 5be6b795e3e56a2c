using System.Security.Cryptography;
using Rils.Contract;

namespace Rils.Sources;

/// <summary>Records and heaps of an index file, mapped. A block is hashed when it is first read, so that a start reads
/// no more of a large index than it uses. Any thread may read.</summary>
/// <param name="bytes">The file.</param>
/// <param name="path">The path of the file, for messages.</param>
/// <param name="length">The length of records and heaps, with which the file begins.</param>
/// <param name="hashes">The hash of each block, as <see cref="BlockHashes"/> makes them.</param>
sealed class SealedBytes(MappedBytes bytes, string path, long length, byte[] hashes) : IDisposable
{
    readonly bool[] known = new bool[hashes.Length / SHA256.HashSizeInBytes];
    volatile bool isDamaged;

    /// <summary>Whether a block that was read has another hash.</summary>
    public bool IsDamaged => isDamaged;

    /// <summary>Copies bytes from an offset.</summary>
    /// <exception cref="SourceException">The file is damaged there.</exception>
    public void Read(long at, Span<byte> to)
    {
        if (to.IsEmpty) return;
        for (var block = at / BlockHashes.Block; block * BlockHashes.Block < at + to.Length; block++)
            if (!Volatile.Read(ref known[block])) Check(block);
        bytes.Read(at, to);
    }

    /// <summary>Hashes every block.</summary>
    /// <exception cref="SourceException">The file is damaged.</exception>
    public void CheckAll()
    {
        for (var block = 0; block < known.Length; block++) Check(block);
    }

    /// <inheritdoc/>
    public void Dispose() => bytes.Dispose();

    void Check(long block)
    {
        var start = block * BlockHashes.Block;
        Span<byte> all = stackalloc byte[BlockHashes.Block], hash = stackalloc byte[SHA256.HashSizeInBytes];
        var read = all[..(int)Math.Min(BlockHashes.Block, length - start)];
        bytes.Read(start, read);
        SHA256.HashData(read, hash);
        if (!hash.SequenceEqual(hashes.AsSpan((int)block * hash.Length, hash.Length)))
        {
            isDamaged = true;
            throw new SourceException($"the index {path} is damaged between its bytes {start} and "
                + $"{start + read.Length}: delete it, as by rm {path}, and start anew to index the data again");
        }
        Volatile.Write(ref known[block], true);
    }
}

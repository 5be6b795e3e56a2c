using System.Security.Cryptography;

namespace Rils.Sources;

/// <summary>Makes a SHA-256 of each block of bytes that come one behind the other.</summary>
sealed class BlockHashes : IDisposable
{
    /// <summary>The length of a block, in bytes; the last one may be shorter.</summary>
    public const int Block = 1 << 14;

    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly MemoryStream hashes = new();
    int length;

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, Block - length)];
            hash.AppendData(piece);
            length += piece.Length;
            bytes = bytes[piece.Length..];
            if (length == Block) Close();
        }
    }

    /// <summary>Gives the hashes of all blocks, one behind the other; no bytes may follow.</summary>
    public byte[] Finish()
    {
        if (length > 0) Close();
        return hashes.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    void Close()
    {
        hashes.Write(hash.GetHashAndReset());
        length = 0;
    }
}

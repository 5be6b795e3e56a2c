using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rils.WebDataset;

/// <summary>Makes the hash that identifies the samples of a large shard: of names, places and sizes of all its files,
/// and of the bytes of captions, classes and jsons up to 4 KiB each; images count by their sizes.</summary>
sealed class ShardContent(ITarBytes bytes) : IDisposable
{
    const int LongestText = 4 << 10;

    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] buffer = new byte[LongestText];

    public void Add(TarMember member)
    {
        Span<byte> place = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(place, member.Data.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(place[sizeof(long)..], member.Data.Length);
        hash.AppendData(place);
        hash.AppendData(Encoding.UTF8.GetBytes($"{member.Name}\n{member.Target}\n"));
        if (!IsText(member)) return;
        var text = buffer.AsSpan(0, (int)member.Data.Length);
        bytes.Read(member.Data.Offset, text);
        hash.AppendData(text);
    }

    /// <summary>The hash of all members that were added, in hexadecimal.</summary>
    public string Hash() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    static bool IsText(TarMember member) => member.Data.Length is > 0 and <= LongestText
        && SampleName.Of(member.Name) is { Field: var field }
        && SampleName.PartOf(field) is SamplePart.Caption or SamplePart.Class or SamplePart.Json;
}

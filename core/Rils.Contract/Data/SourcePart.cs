using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rils.Contract;

/// <summary>A part of a source's data, a shard say, by which a run knows whether its data is still the same.</summary>
/// <param name="Name">Unique in the source; the same wherever the data lies.</param>
/// <param name="Content">Equal for equal samples, and another for others: a hash of what they are.</param>
/// <param name="State">What may change while the samples stay: the time of a file. A difference in it alone is told,
/// and refuses nothing. Empty where there is no such thing.</param>
public sealed record SourcePart(string Name, string Content, string State = "")
{
    const int Samples = 64;

    /// <summary>One part for a source that does not tell its own: 64 of its samples, evenly spread (all where it has no
    /// more), with key, image, caption and class.</summary>
    /// <remarks>A change between these is not seen: a source that can say more should.</remarks>
    public static SourcePart OfSamples(ISource source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = Math.Min(Samples, source.Count);
        for (var i = 0; i < count; i++) Append(hash, source, (int)((long)i * source.Count / count));
        return new($"{count} of {source.Count} samples", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    static void Append(IncrementalHash hash, ISource source, int index)
    {
        try
        {
            var sample = source.Read(index);
            Append(hash, Encoding.UTF8.GetBytes(sample.Key));
            Append(hash, sample.Image.Span);
            Append(hash, Encoding.UTF8.GetBytes(sample.Caption ?? ""));
            Append(hash, Encoding.UTF8.GetBytes($"{sample.Class}"));
        }
        // A bad sample is one too, whatever a stranger's source throws for it.
        catch (Exception unusable)
        {
            Append(hash, Encoding.UTF8.GetBytes(unusable.Message));
        }
    }

    /// <summary>With its length in front, so that no two samples give the same bytes.</summary>
    static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

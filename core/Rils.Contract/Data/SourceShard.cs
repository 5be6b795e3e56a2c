using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rils.Contract;

/// <summary>A part of a source's data, a shard for example. By its parts a run finds out whether its data is still the
/// same.</summary>
/// <param name="Name">The part's name, unique in the source, and the same wherever the data lies.</param>
/// <param name="Content">A hash of the samples: equal for equal samples, different for others.</param>
/// <param name="State">A mark that may change while the samples stay the same: the time of a file. Where it alone
/// differs, the engine prints a notice, and the run goes on. Empty where there is no such mark.</param>
public sealed record SourceShard(string Name, string Content, string State = "")
{
    const int Samples = 64;

    /// <summary>Makes one part for a source that has no parts of its own, from 64 evenly spread samples (all samples
    /// where there are fewer), with key, image and components.</summary>
    /// <remarks>A change of a sample between these goes unnoticed, so a source that can hash all its data
    /// should.</remarks>
    /// <param name="source">The source. A sample that it cannot read counts by the message of its exception.</param>
    /// <returns>The part, with a SHA-256 hash in hexadecimal.</returns>
    public static SourceShard OfSamples(ISource source)
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
            var sample = source.Read(index, source.Components.ToHashSet());
            Append(hash, Encoding.UTF8.GetBytes(sample.Key));
            Append(hash, sample.Image.Span);
            foreach (var component in sample.Components)
            {
                Append(hash, Encoding.UTF8.GetBytes(component.GetType().FullName!));
                Append(hash, JsonSerializer.SerializeToUtf8Bytes(component, component.GetType()));
            }
        }
        // A stranger's source may throw anything for a bad sample.
        catch (Exception unusable)
        {
            Append(hash, Encoding.UTF8.GetBytes(unusable.Message));
        }
    }

    /// <summary>Hashes the length before the bytes, so that no two samples give the same bytes.</summary>
    static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

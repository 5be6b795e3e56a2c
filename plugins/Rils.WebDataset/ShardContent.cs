using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rils.WebDataset;

/// <summary>Makes the hash that identifies a shard's samples. A small shard is hashed whole, so that a copy, or a shard
/// that was only touched, stays the same. The hash of a larger shard holds keys, places and sizes of all parts, and the
/// bytes of captions, classes and jsons up to 4 KiB each; images count by their sizes.</summary>
static class ShardContent
{
    const long Small = 16 << 20, LookedAtAgain = 1L << 30;
    const int SmallPart = 4 << 10;

    /// <summary>Whether the hash of a shard covers all its bytes.</summary>
    public static bool IsWhole(ShardState shard) => shard.Size <= Small;

    /// <summary>Adds the hash to a new index.</summary>
    /// <exception cref="IOException">The shard cannot be read.</exception>
    public static ShardIndex Of(ShardIndex index) => index with { Content = Hash(index) };

    /// <summary>Drops the shards of a cache that have changed. Small shards are hashed again where they have a gigabyte
    /// or less together, because a file with the size and time of another may have other content.</summary>
    public static IReadOnlyDictionary<string, ShardIndex> Trusted(IReadOnlyDictionary<string, ShardIndex> cached)
    {
        ShardIndex[] small = [.. cached.Values.Where(index => IsWhole(index.State))];
        if (small.Sum(index => index.State.Size) > LookedAtAgain) return cached;
        var changed = small.AsParallel().Where(index => !IsStill(index)).Select(index => index.State.Path)
            .ToHashSet(StringComparer.Ordinal);
        return changed.Count == 0 ? cached : cached.Where(shard => !changed.Contains(shard.Key)).ToDictionary();
    }

    static bool IsStill(ShardIndex index)
    {
        try
        {
            return index.State == ShardState.Of(index.State.Path) && Hash(index) == index.Content;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The scan that follows reports the problem.
            return false;
        }
    }

    static string Hash(ShardIndex index)
    {
        if (!IsWhole(index.State)) return Convert.ToHexStringLower(Parts(index));
        using var file = File.OpenRead(index.State.Path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    static byte[] Parts(ShardIndex index)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.OpenHandle(index.State.Path);
        var buffer = new byte[SmallPart];
        Span<byte> place = stackalloc byte[2 * sizeof(long)];
        foreach (var (key, image, caption, @class, json, _) in index.Samples)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{key}\n"));
            var slices = (ReadOnlySpan<(Slice?, bool)>)[(image, false), (caption, true), (@class, true), (json, true)];
            foreach (var (slice, isText) in slices)
            {
                BinaryPrimitives.WriteInt64LittleEndian(place, slice?.Offset ?? -1);
                BinaryPrimitives.WriteInt64LittleEndian(place[sizeof(long)..], slice?.Length ?? -1);
                hash.AppendData(place);
                if (isText && slice is { Length: > 0 and <= SmallPart } text)
                    hash.AppendData(buffer, 0,
                        RandomAccess.Read(file, buffer.AsSpan(0, (int)text.Length), text.Offset));
            }
        }
        return hash.GetHashAndReset();
    }
}

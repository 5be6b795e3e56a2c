using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rils.WebDataset;

/// <summary>The hash by which a shard's samples are known. A small shard is read whole: a copy of it, or one that was
/// only touched, stays what it was. The hash of a larger one holds keys, places and sizes of all parts, and the
/// captions, classes and jsons themselves up to 4 KiB; pictures by their sizes.</summary>
static class ShardContent
{
    const long Small = 16 << 20, LookedAtAgain = 1L << 30;
    const int SmallPart = 4 << 10;

    /// <summary>Whether all bytes of a shard are hashed.</summary>
    public static bool IsWhole(ShardState shard) => shard.Size <= Small;

    /// <summary>A new index with its hash.</summary>
    /// <exception cref="IOException">The shard cannot be read.</exception>
    public static ShardIndex Of(ShardIndex index) => index with { Content = Hash(index) };

    /// <summary>Whether a cache may be believed. Small shards are read again, where they are a gigabyte together or
    /// less: a file with the size and time of another may be another.</summary>
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
            // Whoever indexes it anew says why.
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
            foreach (var (slice, isText) in (ReadOnlySpan<(Slice?, bool)>)[(image, false), (caption, true),
                (@class, true), (json, true)])
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

using System.Runtime.InteropServices;

namespace Rils.Engine.Datasets.Inspection;

/// <summary>Finds contents that occur several times, by the first 8 bytes of their SHA-256; 12 bytes of memory for
/// each content.</summary>
sealed class ContentCounts
{
    readonly List<Entry> entries = [];

    public void Add(ulong hash, int sample) => entries.Add(new(hash, sample));

    /// <summary>The contents that occur several times, the most frequent first, then in the order of the
    /// data.</summary>
    public IReadOnlyList<(ulong Hash, IReadOnlyList<int> Samples)> Repeated()
    {
        entries.Sort(static (one, other) => one.Hash != other.Hash
            ? one.Hash.CompareTo(other.Hash) : one.Sample.CompareTo(other.Sample));
        List<(ulong Hash, IReadOnlyList<int> Samples)> groups = [];
        for (int start = 0, end; start < entries.Count; start = end)
        {
            for (end = start + 1; end < entries.Count && entries[end].Hash == entries[start].Hash;) end++;
            if (end - start > 1)
                groups.Add((entries[start].Hash, [.. entries[start..end].Select(entry => entry.Sample)]));
        }
        return [.. groups.OrderByDescending(group => group.Samples.Count).ThenBy(group => group.Samples[0])];
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    readonly record struct Entry(ulong Hash, int Sample);
}

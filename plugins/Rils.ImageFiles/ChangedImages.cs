using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Finds parts whose images are others than when they were indexed.</summary>
static class ChangedImages
{
    /// <summary>How many images are looked at when data is opened, evenly spread where there are more.</summary>
    const int LookedAt = 2_000;

    /// <summary>The paths of the parts to index again: all whose bytes are known, since that costs little, and those
    /// with an image whose size or time has changed.</summary>
    /// <param name="kept">The parts of the index.</param>
    /// <param name="markOf">The present mark of a sample of a part.</param>
    public static IReadOnlySet<string> Of(
        IReadOnlyList<IndexedPart> kept, Func<IndexedPart, FileRecord, FileMark> markOf)
    {
        var every = (int)Math.Max(1, kept.Sum(part => (long)part.Count) / LookedAt);
        return kept.Where(part => part.IsWhole || Numbers(part, every).AsParallel().Any(sample =>
        {
            var record = FileRecord.Read(part, sample);
            return markOf(part, record) != record.Mark;
        })).Select(part => part.State.Path).ToHashSet(StringComparer.Ordinal);
    }

    static IEnumerable<int> Numbers(IndexedPart part, int every) =>
        Enumerable.Range(0, (part.Count + every - 1) / every).Select(number => number * every);
}

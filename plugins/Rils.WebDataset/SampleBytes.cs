using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>The bytes of a sample's files. Runs that are read for their image come into memory as a whole, in one read;
/// of others, headers and wanted files alone are read.</summary>
/// <param name="file">The shard.</param>
/// <param name="what">Names the sample in messages.</param>
sealed class SampleBytes(DataFile file, string what) : ITarBytes
{
    /// <summary>A longer run holds files that are no part of a sample; reading headers one by one costs less.</summary>
    const long LongestAtOnce = 16 << 20;

    readonly List<(Slice Place, byte[] Bytes)> runs = [];

    /// <summary>Reads a run into memory, where it is not too long.</summary>
    public void Load(Slice run)
    {
        if (run.Length <= LongestAtOnce) runs.Add((run, file.Read(run, what)));
    }

    /// <inheritdoc/>
    public void Read(long at, Span<byte> into) => Part(new(at, into.Length)).Span.CopyTo(into);

    /// <summary>The bytes of a file.</summary>
    public ReadOnlyMemory<byte> Part(Slice slice)
    {
        foreach (var (place, bytes) in runs)
            if (slice.Offset >= place.Offset && slice.Offset + slice.Length <= place.Offset + place.Length)
                return bytes.AsMemory((int)(slice.Offset - place.Offset), (int)slice.Length);
        return file.Read(slice, what);
    }
}

using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>A shard that is open for reading at any offset, from any thread.</summary>
sealed class ShardFile(string name, ShardIndex index) : IDisposable
{
    /// <summary>A gigabyte: no image, caption or class is as long, and one array can hold it.</summary>
    const long Longest = 1 << 30;

    readonly Lazy<SafeFileHandle> handle = new(() => File.OpenHandle(index.State.Path, options: FileOptions.RandomAccess));

    public string Name => name;

    public IReadOnlyList<IndexedSample> Samples => index.Samples;

    public IReadOnlyList<Oddity> Oddities => index.Oddities;

    /// <summary>By what a run's record knows the shard.</summary>
    public SourcePart Part => new(name, index.Content, ShardContent.IsWhole(index.State) ? "" : $"{new DateTime(index.State.Modified, DateTimeKind.Utc):yyyy-MM-dd HH:mm:ss} UTC");

    /// <exception cref="SampleException">The shard cannot be read there.</exception>
    public byte[] Read(Slice slice, string key)
    {
        if (slice.Length > Longest) throw new SampleException($"sample `{key}`: a part of it has {slice.Length} bytes; the most is {Longest}");
        var bytes = new byte[slice.Length];
        try
        {
            for (var done = 0; done < bytes.Length;)
            {
                var count = RandomAccess.Read(handle.Value, bytes.AsSpan(done), slice.Offset + done);
                if (count == 0) throw Changed(key);
                done += count;
            }
            // After reading, so that a change in between is seen too.
            if (index.State != ShardState.Of(index.State.Path, handle.Value)) throw Changed(key);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SampleException($"sample `{key}`: the shard `{index.State.Path}` cannot be read: {problem.Message}", problem);
        }
        return bytes;
    }

    SampleException Changed(string key) =>
        new($"sample `{key}`: the shard `{index.State.Path}` changed after it was indexed. Let nothing write to data in use; start anew to index it again");

    public void Dispose()
    {
        if (handle.IsValueCreated) handle.Value.Dispose();
    }
}

using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>A shard that any thread can read at any offset. The first read opens the file.</summary>
sealed class ShardFile : IDisposable
{
    /// <summary>The most bytes of a part, a gigabyte: no image, caption or class is longer, and one array can hold
    /// them.</summary>
    const long Longest = 1 << 30;

    readonly ShardIndex index;
    SafeFileHandle? handle;
    bool isDisposed;

    /// <summary>Makes a shard of an index.</summary>
    /// <param name="name">Unique among the shards of the data.</param>
    /// <param name="index">The parts' places, and the file's state when it was indexed.</param>
    public ShardFile(string name, ShardIndex index) => (Name, this.index, Place) = (name, index, new(this));

    public string Name { get; }

    public IReadOnlyList<IndexedSample> Samples => index.Samples;

    public IReadOnlyList<Oddity> Oddities => index.Oddities;

    /// <summary>The shard as a run's record identifies it.</summary>
    public SourceShard Part =>
        new(Name, index.Content, ShardContent.IsWhole(index.State)
        ? "" : $"{new DateTime(index.State.Modified, DateTimeKind.Utc):yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>The shard's node in the list of open shards, while it is in that list.</summary>
    internal LinkedListNode<ShardFile> Place { get; }

    /// <summary>Reads the bytes of a part.</summary>
    /// <exception cref="SampleException">The shard cannot be read there, or has changed since it was
    /// indexed.</exception>
    /// <exception cref="InvalidDataException">The process has too many files open.</exception>
    public byte[] Read(Slice slice, string key)
    {
        if (slice.Length > Longest)
            throw new SampleException(
                $"sample `{key}`: a part of it has {slice.Length} bytes; the most is {Longest}");
        while (true)
        {
            try
            {
                return Read(Volatile.Read(ref handle) is { IsClosed: false } open ? open : OpenShards.Open(this), slice,
                    key);
            }
            catch (ObjectDisposedException) when (!isDisposed)
            {
                // Another thread has closed this shard to open another one; the loop opens it again.
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new SampleException(
                    $"sample `{key}`: the shard `{index.State.Path}` cannot be read: {problem.Message}", problem);
            }
        }
    }

    byte[] Read(SafeFileHandle file, Slice slice, string key)
    {
        var bytes = new byte[slice.Length];
        for (var done = 0; done < bytes.Length;)
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(done), slice.Offset + done);
            if (count == 0) throw Changed(key);
            done += count;
        }
        // Compared after reading, so that a change during the read is seen too.
        return index.State == ShardState.Of(index.State.Path, file) ? bytes : throw Changed(key);
    }

    SampleException Changed(string key) =>
        new($"sample `{key}`: the shard `{index.State.Path}` changed after it was indexed. "
            + "Let nothing write to data in use; start anew to index it again");

    /// <summary>Opens the file, if it is not open. Only <see cref="OpenShards"/> calls this, from one thread at a
    /// time.</summary>
    internal SafeFileHandle Open() => handle is { IsClosed: false } open ? open
        : handle = File.OpenHandle(index.State.Path, options: FileOptions.RandomAccess);

    /// <summary>Closes the file. Only <see cref="OpenShards"/> calls this. A thread that is reading finishes first, or
    /// opens the shard again.</summary>
    internal void Close() => handle?.Dispose();

    public void Dispose()
    {
        isDisposed = true;
        OpenShards.Close(this);
    }
}

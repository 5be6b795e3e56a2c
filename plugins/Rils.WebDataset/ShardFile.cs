using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>A shard that can be read at any offset, from any thread. It is opened when it is needed.</summary>
sealed class ShardFile : IDisposable
{
    /// <summary>A gigabyte: no image, caption or class is as long, and one array can hold it.</summary>
    const long Longest = 1 << 30;

    readonly ShardIndex index;
    SafeFileHandle? handle;
    bool isDisposed;

    /// <summary>A shard by a name that is unique among those of its data.</summary>
    public ShardFile(string name, ShardIndex index) => (Name, this.index, Place) = (name, index, new(this));

    public string Name { get; }

    public IReadOnlyList<IndexedSample> Samples => index.Samples;

    public IReadOnlyList<Oddity> Oddities => index.Oddities;

    /// <summary>By what a run's record knows the shard.</summary>
    public SourcePart Part =>
        new(Name, index.Content, ShardContent.IsWhole(index.State)
        ? "" : $"{new DateTime(index.State.Modified, DateTimeKind.Utc):yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>Among the open ones, while it is one.</summary>
    internal LinkedListNode<ShardFile> Place { get; }

    /// <exception cref="SampleException">The shard cannot be read there.</exception>
    /// <exception cref="InvalidDataException">The process has too many files open.</exception>
    public byte[] Read(Slice slice, string key)
    {
        if (slice.Length > Longest) throw new SampleException($"sample `{key}`: a part of it has {slice.Length} bytes; the most is {Longest}");
        while (true)
        {
            try
            {
                return Read(Volatile.Read(ref handle) is { IsClosed: false } open ? open : OpenShards.Open(this), slice,
                    key);
            }
            catch (ObjectDisposedException) when (!isDisposed)
            {
                // Another thread has closed it to open another shard.
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
        // After reading, so that a change in between is seen too.
        return index.State == ShardState.Of(index.State.Path, file) ? bytes : throw Changed(key);
    }

    SampleException Changed(string key) =>
        new($"sample `{key}`: the shard `{index.State.Path}` changed after it was indexed. Let nothing write to data in use; start anew to index it again");

    /// <summary>For <see cref="OpenShards"/>, which sees that one thread does it.</summary>
    internal SafeFileHandle Open() => handle is { IsClosed: false } open ? open
        : handle = File.OpenHandle(index.State.Path, options: FileOptions.RandomAccess);

    /// <summary>For <see cref="OpenShards"/>. A thread that reads meanwhile comes to its end first, or opens the shard
    /// again.</summary>
    internal void Close() => handle?.Dispose();

    public void Dispose()
    {
        isDisposed = true;
        OpenShards.Close(this);
    }
}

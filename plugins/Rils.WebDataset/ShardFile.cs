using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>A shard that is open for reading at any offset, from any thread.</summary>
sealed class ShardFile(string name, ShardIndex index) : IDisposable
{
    readonly Lazy<SafeFileHandle> handle = new(() => File.OpenHandle(index.State.Path, options: FileOptions.RandomAccess));

    public string Name => name;

    public IReadOnlyList<IndexedSample> Samples => index.Samples;

    /// <exception cref="SampleException">The shard cannot be read there.</exception>
    public byte[] Read(Slice slice, string key)
    {
        var bytes = new byte[slice.Length];
        try
        {
            for (var done = 0; done < bytes.Length;)
            {
                var count = RandomAccess.Read(handle.Value, bytes.AsSpan(done), slice.Offset + done);
                if (count == 0) throw new SampleException($"sample `{key}`: the shard `{index.State.Path}` became shorter since it was opened");
                done += count;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SampleException($"sample `{key}`: the shard `{index.State.Path}` cannot be read: {problem.Message}", problem);
        }
        return bytes;
    }

    public void Dispose()
    {
        if (handle.IsValueCreated) handle.Value.Dispose();
    }
}

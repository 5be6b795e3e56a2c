using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>The shards that are open. Where the process may not open more, the shard that was opened first is closed
/// for the next one.</summary>
static class OpenShards
{
    /// <summary>Open files that are left to others (the runtime has two for each assembly), and the fewest and most
    /// that shards may have.</summary>
    const int Others = 448, Least = 32, Most = 8192;

    /// <summary>The system's error numbers where this process, or the whole machine, has too many files open.</summary>
    const int TooMany = 24, TooManyInAll = 23;

    static readonly int most = (int)Math.Clamp((OpenFileLimit.Current() ?? long.MaxValue) - Others, Least, Most);
    static readonly Lock gate = new();
    static readonly LinkedList<ShardFile> open = [];

    /// <summary>Opens a shard that is not open yet, and returns its handle.</summary>
    /// <exception cref="IOException">The shard cannot be opened.</exception>
    /// <exception cref="InvalidDataException">Too many files are open, and no shard is left to close.</exception>
    public static SafeFileHandle Open(ShardFile shard)
    {
        lock (gate)
        {
            while (open.Count >= most && shard.Place.List is null) CloseFirst();
            while (true)
            {
                try
                {
                    var handle = shard.Open();
                    if (shard.Place.List is null) open.AddLast(shard.Place);
                    return handle;
                }
                catch (IOException full) when (full.HResult is TooMany or TooManyInAll)
                {
                    if (open.Count == 0)
                        throw new InvalidDataException(
                            $"no shard can be opened ({full.Message}): allow more open files by `ulimit -n`", full);
                    CloseFirst();
                }
            }
        }
    }

    /// <summary>Closes a shard, and takes it out of the list of open ones.</summary>
    public static void Close(ShardFile shard)
    {
        lock (gate)
        {
            shard.Close();
            if (shard.Place.List is not null) open.Remove(shard.Place);
        }
    }

    static void CloseFirst()
    {
        open.First!.Value.Close();
        open.RemoveFirst();
    }
}

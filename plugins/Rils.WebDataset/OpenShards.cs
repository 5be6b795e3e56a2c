using Microsoft.Win32.SafeHandles;

namespace Rils.WebDataset;

/// <summary>The shards that are open: as many as a process may have, so that the one that was opened first is closed
/// for the next.</summary>
static class OpenShards
{
    /// <summary>How many open files are left to others (the runtime has two for each assembly), and the limits of what
    /// shards may have.</summary>
    const int Others = 448, Least = 32, Most = 8192;

    /// <summary>The system's numbers for: this process, or the machine, has too many open.</summary>
    const int TooMany = 24, TooManyInAll = 23;

    static readonly int most = (int)Math.Clamp((OpenFileLimit.Current() ?? long.MaxValue) - Others, Least, Most);
    static readonly Lock gate = new();
    static readonly LinkedList<ShardFile> open = [];

    /// <summary>Opens a shard, if it is not.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="InvalidDataException">There are too many files open, whatever shards are closed.</exception>
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

    /// <summary>Closes a shard, if it is open.</summary>
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

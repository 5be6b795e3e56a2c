namespace Rils.Engine.Datasets.Packing;

/// <summary>The shards of the training or of the validation data, one after the other.</summary>
/// <param name="folder">The folder.</param>
/// <param name="name">The beginning of the files' names: <c>train</c>.</param>
/// <param name="size">The most bytes of a shard.</param>
/// <param name="finished">The shards that are finished already.</param>
sealed class ShardSeries(PackFolder folder, string name, long size, IReadOnlyList<PackedShard> finished) : IDisposable
{
    const int MostShards = 100_000;

    readonly List<PackedShard> shards = [.. finished];
    ShardFile? open;

    public IReadOnlyList<PackedShard> Finished => shards;

    /// <summary>The number in the source from which on samples are not in finished shards.</summary>
    public int Next => shards.Count == 0 ? 0 : shards[^1].Next;

    /// <summary>Appends a sample, unless a finished shard has it.</summary>
    /// <returns>Whether a shard was finished before.</returns>
    public bool Add(int index, PackedSample sample)
    {
        if (index < Next) return false;
        var isFull = open?.IsFullFor(sample, size) == true && Finish();
        open ??= new(folder.In($"{name}-{Number()}.tar"));
        open.Add(index, sample);
        return isFull;
    }

    /// <summary>Finishes the shard that is being written.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Finish()
    {
        if (open is null) return false;
        shards.Add(open.Finish());
        open = null;
        return true;
    }

    string Number() => shards.Count < MostShards ? $"{shards.Count:D5}"
        : throw new InvalidDataException($"--size {size} makes more than {MostShards} shards: give a larger one");

    public void Dispose() => open?.Dispose();
}

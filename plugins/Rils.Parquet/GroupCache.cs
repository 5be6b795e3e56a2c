namespace Rils.Parquet;

/// <summary>Keeps the row groups that were read last, up to a number of bytes. Several threads may ask; a group is
/// decoded by one of them.</summary>
sealed class GroupCache
{
    /// <summary>The memory for decoded row groups, about: 512 MB.</summary>
    public const long Most = 512L << 20;

    readonly Lock gate = new();
    readonly Dictionary<(int Part, int Group, bool WithImages), LinkedListNode<Entry>> known = [];
    readonly LinkedList<Entry> order = [];
    long held;

    sealed class Entry((int, int, bool) key, Func<RowGroup> read)
    {
        public (int, int, bool) Key => key;

        public Lazy<RowGroup> Rows { get; } = new(read);

        public long Bytes { get; set; }
    }

    /// <summary>Finds a row group, or reads it.</summary>
    /// <param name="key">The number of the file, that of the group in it, and whether images are wanted.</param>
    /// <param name="read">Decodes the group.</param>
    public RowGroup Get((int Part, int Group, bool WithImages) key, Func<RowGroup> read)
    {
        LinkedListNode<Entry>? node;
        lock (gate)
        {
            if (known.TryGetValue(key, out node)) order.Remove(node);
            else known[key] = node = new(new(key, read));
            order.AddLast(node);
        }
        try
        {
            var rows = node.Value.Rows.Value;
            lock (gate) Count(node, rows);
            return rows;
        }
        catch
        {
            // The next one tries again.
            lock (gate) Remove(node);
            throw;
        }
    }

    /// <summary>Whether a node still stands for its group: after a failure another one may.</summary>
    bool IsKept(LinkedListNode<Entry> node) =>
        known.TryGetValue(node.Value.Key, out var kept) && ReferenceEquals(kept, node);

    void Count(LinkedListNode<Entry> node, RowGroup rows)
    {
        if (node.Value.Bytes == 0 && IsKept(node)) held += node.Value.Bytes = Math.Max(1, rows.Bytes);
        while (held > Most && order.Count > 1) Remove(order.First!);
    }

    void Remove(LinkedListNode<Entry> node)
    {
        if (!IsKept(node)) return;
        known.Remove(node.Value.Key);
        order.Remove(node);
        held -= node.Value.Bytes;
    }
}

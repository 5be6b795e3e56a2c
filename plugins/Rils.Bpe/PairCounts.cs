namespace Rils.Bpe;

/// <summary>Counts how often each pair of neighbouring symbols occurs, and keeps the counts up to date while merges are
/// applied.</summary>
sealed class PairCounts
{
    readonly Dictionary<Merge, int> counts = [];
    readonly Dictionary<Merge, HashSet<CountedWord>> wordsOf = [];
    readonly PriorityQueue<Merge, (int Count, Merge Pair)> queue =
        new(Comparer<(int Count, Merge Pair)>.Create(Compare));

    public PairCounts(IEnumerable<CountedWord> words)
    {
        foreach (var word in words) Add(word);
        foreach (var (pair, count) in counts) queue.Enqueue(pair, (count, pair));
    }

    /// <summary>The pair to merge next; null when no pair occurs often enough.</summary>
    public Merge? TakeMostFrequent(int fewest)
    {
        while (queue.TryDequeue(out var pair, out var place))
        {
            // Skips an outdated entry: the pair was queued again when its count changed.
            if (counts.GetValueOrDefault(pair) != place.Count) continue;
            return place.Count >= fewest ? pair : null;
        }
        return null;
    }

    public void Apply(Merge merge)
    {
        var changed = new HashSet<Merge>();
        foreach (var word in wordsOf[merge].ToArray())
        {
            changed.UnionWith(word.Pairs);
            Remove(word);
            word.Apply(merge);
            Add(word);
            changed.UnionWith(word.Pairs);
        }
        foreach (var pair in changed)
            if (counts.TryGetValue(pair, out var count)) queue.Enqueue(pair, (count, pair));
    }

    void Add(CountedWord word)
    {
        foreach (var pair in word.Pairs)
        {
            counts[pair] = counts.GetValueOrDefault(pair) + word.Count;
            if (!wordsOf.TryGetValue(pair, out var words)) wordsOf[pair] = words = [];
            words.Add(word);
        }
    }

    void Remove(CountedWord word)
    {
        foreach (var pair in word.Pairs)
        {
            if ((counts[pair] -= word.Count) == 0) counts.Remove(pair);
            wordsOf[pair].Remove(word);
        }
    }

    static int Compare((int Count, Merge Pair) one, (int Count, Merge Pair) other)
    {
        var byCount = other.Count.CompareTo(one.Count);
        if (byCount != 0) return byCount;
        var byLeft = string.CompareOrdinal(one.Pair.Left, other.Pair.Left);
        return byLeft != 0 ? byLeft : string.CompareOrdinal(one.Pair.Right, other.Pair.Right);
    }
}

namespace Rils.Engine.Datasets.Inspection;

/// <summary>How often each whole number occurs. Memory grows with the number of different values, not with the number
/// of samples.</summary>
public sealed class Distribution
{
    readonly Dictionary<long, long> counts = [];

    /// <summary>How many values were added.</summary>
    public long Count { get; private set; }

    /// <summary>The sum of all values.</summary>
    public long Total { get; private set; }

    /// <summary>How often each value occurs, in the order of the values.</summary>
    public IEnumerable<(long Value, long Count)> Values =>
        counts.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value));

    /// <summary>The smallest value below or at which lies at least a share of all values.</summary>
    /// <param name="share">The share, from 0 (the smallest value) to 1 (the largest).</param>
    /// <returns>The value; null where there are none.</returns>
    public long? Quantile(double share)
    {
        var below = 0L;
        foreach (var (value, count) in Values)
            if ((below += count) >= Math.Max(1, Math.Ceiling(share * Count))) return value;
        return null;
    }

    internal void Add(long value)
    {
        counts[value] = counts.GetValueOrDefault(value) + 1;
        Count++;
        Total += value;
    }
}

namespace Rils.Contract;

/// <summary>Computes a metric on other drawings of its samples, as the bootstrap does (Efron 1979): each resample
/// draws as many samples as there are, with replacement.</summary>
/// <remarks>The draws follow from the keys alone, so that a resample holds the same samples for every arm and seed:
/// <c>rils compare</c> subtracts the values of two arms resample by resample. Seeds share their samples, so a draw that
/// differed by seed would let the mean over seeds hide how much the samples decide.</remarks>
public static class Resampling
{
    /// <summary>The number of resamples.</summary>
    public const int Count = 1000;

    /// <summary>Computes a metric on each resample.</summary>
    /// <param name="keys">The samples' keys, each once. Their order changes no resample.</param>
    /// <param name="metric">Computes the metric where sample i, in the order of <paramref name="keys"/>, occurs as many
    /// times as entry i of the argument says (0: not at all). The array is used again for the next resample. NaN stands
    /// for a resample on which the metric has no value; a comparison leaves that resample out.</param>
    /// <param name="clusters">The number of each sample's cluster (<see cref="SampleOutcomes.Clusters"/>): clusters are
    /// drawn in place of samples, as many as there are. Null where each sample stands for itself.</param>
    /// <returns>The <see cref="Count"/> values, in the order of the resamples.</returns>
    public static IReadOnlyList<double> Of(
        IReadOnlyList<string> keys, Func<int[], double> metric, IReadOnlyList<int>? clusters = null)
    {
        // The cluster that has the first key is the first one.
        int[][] drawn = [.. Enumerable.Range(0, keys.Count).OrderBy(place => keys[place], StringComparer.Ordinal)
            .GroupBy(place => clusters is null ? place : clusters[place], (_, places) => places.ToArray())];
        var stream = RandomStream.Root(0).Fork("resampling");
        var (times, values) = (new int[keys.Count], new double[Count]);
        for (var resample = 0; resample < Count; resample++)
        {
            Array.Clear(times);
            var draws = stream.Fork(resample).Draw();
            for (var draw = 0; draw < drawn.Length; draw++)
                foreach (var place in drawn[draws.NextInt32(drawn.Length)]) times[place]++;
            values[resample] = metric(times);
        }
        return values;
    }
}

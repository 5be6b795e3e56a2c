using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Data;

/// <summary>Counts the samples of some data that could not be used, names each once, and stops the run when they are
/// too many. Counts those that are odd and used all the same, too, and names the first of them.</summary>
/// <remarks>What counts is what one seed's run has met up to a step, so a resumed run is stopped where an uninterrupted one is.</remarks>
/// <param name="samples">How many there are in all, but for the lost ones.</param>
/// <param name="data">Their pattern, for messages.</param>
/// <param name="fate">What becomes of a bad one: <c>left out and replaced</c>.</param>
/// <param name="logger">Where they are named.</param>
/// <param name="lost">How many were lost before, since the source does not understand their names.</param>
sealed class BadSamples(int samples, string data, string fate, ILogger logger, int lost = 0)
{
    const double Tolerated = 0.01;

    readonly Lock gate = new();
    readonly HashSet<int> met = [], named = [];
    readonly Queue<BadSample> untold = [];
    readonly Dictionary<string, HashSet<string>> remarked = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> counted = new(StringComparer.Ordinal);

    /// <summary>Whether more than 1% are lost; one of few may be.</summary>
    public static bool AreTooMany(int lost, int samples) => lost > Math.Max(1, samples * Tolerated);

    /// <summary>Begins a seed's run, or goes on with one that has met some already.</summary>
    /// <param name="earlier">Those of other data are passed over.</param>
    public void Begin(IEnumerable<BadSample> earlier)
    {
        lock (gate)
        {
            untold.Clear();
            met.Clear();
            met.UnionWith(earlier.Where(bad => bad.Data == data && bad.Fate == fate).Select(bad => bad.Index));
        }
    }

    /// <summary>Adds what a step met, in an order that depends on no thread.</summary>
    /// <exception cref="InvalidDataException">More than 1% of the samples cannot be used.</exception>
    public void Add(long step, IEnumerable<(int Index, SampleException Cause)> found)
    {
        lock (gate)
        {
            foreach (var (index, cause) in found)
            {
                if (!met.Add(index)) continue;
                untold.Enqueue(new(step, data, index, fate, cause.Message));
                // A later seed meets them again.
                if (named.Add(index)) logger.LogWarning("sample {Fate} ({Count} of {Samples}): {Cause}", fate, met.Count, samples, cause.Message);
                if (AreTooMany(met.Count + lost, samples + lost))
                    throw new InvalidDataException($"{met.Count + lost} of the {samples + lost} samples of {data} cannot be used, more than 1%{Unnamed}: " +
                        $"repair them or leave their shards out; the last one: {Printable.Line(cause.Message)}");
            }
        }
    }

    /// <summary>Takes those that were met before a step: the host lane is ahead of what a checkpoint may hold.</summary>
    public IReadOnlyList<BadSample> Take(long before)
    {
        List<BadSample> taken = [];
        lock (gate)
            while (untold.TryPeek(out var bad) && bad.Step < before) taken.Add(untold.Dequeue());
        return taken;
    }

    string Unnamed => lost > 0 ? $" ({lost} of them by their names, as was told at the start)" : "";

    /// <summary>Counts samples that have remarks; the first one of each remark is told.</summary>
    /// <param name="used">In an order that depends on no thread.</param>
    public void Remark(IEnumerable<Sample> used)
    {
        lock (gate)
            foreach (var (key, remark) in used.SelectMany(sample =>
                sample.Remarks.Select(remark => (sample.Key, remark))))
            {
                var isFirst = !remarked.TryGetValue(remark, out var keys);
                if (isFirst)
                    logger.LogWarning("sample `{Key}`: {Remark}; others like it are only counted", key, remark);
                (keys ?? (remarked[remark] = new(StringComparer.Ordinal))).Add(key);
            }
    }

    /// <summary>Tells how many samples had each remark, where there were several, and more than when it was told
    /// before.</summary>
    public void TellRemarks()
    {
        lock (gate)
            foreach (var (remark, keys) in remarked.Where(entry =>
                entry.Value.Count > counted.GetValueOrDefault(entry.Key, 1)))
            {
                counted[remark] = keys.Count;
                logger.LogWarning("{Count} of the {Samples} samples of {Data} are odd: {Remark}", keys.Count, samples,
                    data, remark);
            }
    }
}

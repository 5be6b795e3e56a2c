using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Data;

/// <summary>Counts the samples of some data that cannot be used, names each once, and stops the run when they are too
/// many. Odd samples that are used are counted too, and the first of them are named.</summary>
/// <remarks>The count is that of one seed's run up to a step, so that a resumed run stops where an uninterrupted one
/// stops.</remarks>
/// <param name="samples">The number of samples in all, without the lost ones.</param>
/// <param name="data">The pattern of the data, for messages.</param>
/// <param name="fate">The fate of a bad sample: <c>left out and replaced</c>.</param>
/// <param name="logger">The log that names the samples.</param>
/// <param name="lost">The number of samples that were lost before, because the source does not understand their
/// names.</param>
sealed class BadSamples(int samples, string data, string fate, ILogger logger, int lost = 0)
{
    const double Tolerated = 0.01;

    readonly Lock gate = new();
    readonly HashSet<int> met = [], named = [];
    readonly Queue<BadSample> untold = [];
    readonly Dictionary<string, HashSet<string>> remarked = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> counted = new(StringComparer.Ordinal);

    /// <summary>Whether more than 1% of the samples are lost; a single one may be lost among few.</summary>
    public static bool AreTooMany(int lost, int samples) => lost > Math.Max(1, samples * Tolerated);

    /// <summary>Begins a seed's run, or continues one that has already met bad samples.</summary>
    /// <param name="earlier">The samples that it met; those of other data are passed over.</param>
    public void Begin(IEnumerable<BadSample> earlier)
    {
        lock (gate)
        {
            untold.Clear();
            met.Clear();
            met.UnionWith(earlier.Where(bad => bad.Data == data && bad.Fate == fate).Select(bad => bad.Index));
        }
    }

    /// <summary>Adds the bad samples of a step, in an order that depends on no thread.</summary>
    /// <exception cref="InvalidDataException">More than 1% of the samples cannot be used.</exception>
    public void Add(long step, IEnumerable<(int Index, SampleException Cause)> found)
    {
        lock (gate)
        {
            foreach (var (index, cause) in found)
            {
                if (!met.Add(index)) continue;
                untold.Enqueue(new(step, data, index, fate, cause.Message));
                // A later seed meets the same samples again.
                if (named.Add(index))
                    logger.LogWarning(
                        "sample {Fate} ({Count} of {Samples}): {Cause}", fate, met.Count, samples, cause.Message);
                if (AreTooMany(met.Count + lost, samples + lost))
                    throw new InvalidDataException($"{met.Count + lost} of the {samples + lost} samples of {data} "
                        + $"cannot be used, more than 1%{Unnamed}: repair them or leave their shards out; "
                        + $"the last one: {Printable.Line(cause.Message)}");
            }
        }
    }

    /// <summary>Takes the samples that were met before a step: the host lane is ahead of the steps that a checkpoint
    /// may hold.</summary>
    public IReadOnlyList<BadSample> Take(long before)
    {
        List<BadSample> taken = [];
        lock (gate)
            while (untold.TryPeek(out var bad) && bad.Step < before) taken.Add(untold.Dequeue());
        return taken;
    }

    string Unnamed => lost > 0 ? $" ({lost} of them by their names, as reported at the start)" : "";

    /// <summary>Counts samples that have remarks, and logs the first sample of each remark.</summary>
    /// <param name="used">The samples, in an order that depends on no thread.</param>
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

    /// <summary>Logs how many samples had each remark, where there were several, and more than at the last
    /// call.</summary>
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

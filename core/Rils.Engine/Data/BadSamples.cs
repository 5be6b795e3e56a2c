using Microsoft.Extensions.Logging;
using Rils.Abstractions;
using Rils.Engine.Files;

namespace Rils.Engine.Data;

/// <summary>Counts the samples of some data that could not be used, names each once, and stops the run when they are too many.</summary>
/// <remarks>What counts is what one seed's run has met up to a step, so a resumed run is stopped where an uninterrupted one is.</remarks>
/// <param name="samples">How many there are in all.</param>
/// <param name="data">Their pattern, for messages.</param>
/// <param name="fate">What becomes of a bad one: <c>left out and replaced</c>.</param>
/// <param name="logger">Where they are named.</param>
sealed class BadSamples(int samples, string data, string fate, ILogger logger)
{
    const double Tolerated = 0.01;

    readonly Lock gate = new();
    readonly HashSet<int> met = [], named = [];
    readonly Queue<BadSample> untold = [];

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
                if (met.Count > Math.Max(1, samples * Tolerated))
                    throw new InvalidDataException($"{met.Count} of the {samples} samples of {data} cannot be used, more than 1%: " +
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
}

using Microsoft.Extensions.Logging;
using Rils.Abstractions;

namespace Rils.Engine.Data;

/// <summary>Counts the samples of some data that could not be used, names each once, and stops the run when they are too many.</summary>
/// <param name="samples">How many there are in all.</param>
/// <param name="data">Their pattern, for messages.</param>
/// <param name="fate">What becomes of a bad one: <c>left out and replaced</c>.</param>
/// <param name="logger">Where they are named.</param>
sealed class BadSamples(int samples, string data, string fate, ILogger logger)
{
    const double Tolerated = 0.01;

    readonly HashSet<int> indices = [];

    /// <summary>How many there are so far.</summary>
    public int Count
    {
        get
        {
            lock (indices) return indices.Count;
        }
    }

    /// <exception cref="InvalidDataException">More than 1% of the samples cannot be used.</exception>
    public void Add(int index, SampleException cause)
    {
        lock (indices)
        {
            if (!indices.Add(index)) return;
            logger.LogWarning("sample {Fate} ({Count} of {Samples}): {Cause}", fate, indices.Count, samples, cause.Message);
            if (indices.Count > Math.Max(1, samples * Tolerated))
                throw new InvalidDataException($"{indices.Count} of the {samples} samples of {data} cannot be used, more than 1%: " +
                    $"repair them or leave their shards out; the last one: {cause.Message}");
        }
    }
}

using Microsoft.Extensions.Logging;
using Rils.Abstractions;

namespace Rils.Engine.Data;

/// <summary>Counts the samples that could not be used, names each once, and stops the run when they are too many.</summary>
sealed class BadSamples(int samples, ILogger logger)
{
    const double Tolerated = 0.01;

    readonly HashSet<int> indices = [];

    /// <exception cref="InvalidDataException">More than 1% of the samples cannot be used.</exception>
    public void Add(int index, SampleException cause)
    {
        lock (indices)
        {
            if (!indices.Add(index)) return;
            logger.LogWarning("sample left out and replaced: {Cause}", cause.Message);
            if (indices.Count > Math.Max(1, samples * Tolerated))
                throw new InvalidDataException($"{indices.Count} of {samples} samples cannot be used, more than 1%; the last: {cause.Message}");
        }
    }
}

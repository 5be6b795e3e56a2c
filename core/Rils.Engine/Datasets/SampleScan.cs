using Rils.Contract;
using Rils.Engine.Data;

namespace Rils.Engine.Datasets;

/// <summary>Reads all samples of a source, each once, on all cores, and gives them in their order.</summary>
/// <param name="source">The source. A sample that it repeats is passed over.</param>
/// <param name="wanted">The types of the components that the source must decode.</param>
sealed class SampleScan(ISource source, params IEnumerable<Type> wanted)
{
    /// <summary>How many samples for each core are read ahead: so many images are in memory at most.</summary>
    const int AheadPerCore = 4;

    /// <summary>Whether samples come with their images.</summary>
    public bool WithImages { get; init; } = true;

    static readonly int ahead = AheadPerCore * Environment.ProcessorCount;

    readonly ComponentReading reads = new(wanted.ToHashSet(), new HashSet<Type>(), DrawsCaptions: false);

    /// <summary>Reads the samples from a number on.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="take">Takes what the caller needs of a number's sample with its image; several threads call it at
    /// once. An exception makes the sample a bad one.</param>
    /// <param name="stopping">Ends the reading.</param>
    /// <returns>The samples in the order of their numbers, bad ones too.</returns>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public IEnumerable<Scanned<T>> From<T>(int from, Func<int, Sample, T> take, CancellationToken stopping)
        where T : class
    {
        Queue<Task<Scanned<T>>> reading = [];
        try
        {
            for (var next = from; next < source.Count || reading.Count > 0;)
            {
                for (; next < source.Count && reading.Count < ahead; next++)
                    if (source.FirstOf(next) == next)
                    {
                        var index = next;
                        reading.Enqueue(Task.Run(() => Read(index, take), CancellationToken.None));
                    }
                stopping.ThrowIfCancellationRequested();
                if (reading.TryDequeue(out var first)) yield return first.GetAwaiter().GetResult();
            }
        }
        finally
        {
            // The source must not be disposed under a thread that reads.
            Task.WaitAll(reading, CancellationToken.None);
        }
    }

    Scanned<T> Read<T>(int index, Func<int, Sample, T> take) where T : class
    {
        T? taken = null;
        try
        {
            SampleReader.Read(WithImages ? source.Read : source.ReadWithoutImage, index, reads, sample =>
            {
                taken = take(index, sample);
                return null;
            });
            return new(index, taken, null);
        }
        catch (SampleException bad)
        {
            return new(index, null, bad.Message);
        }
    }
}

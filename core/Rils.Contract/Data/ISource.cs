namespace Rils.Contract;

/// <summary>Slot <c>[data]</c>: samples by number. Order, shuffling and epochs are the engine's. Read from several threads at once.</summary>
public interface ISource : IDisposable
{
    /// <summary>How many samples there are.</summary>
    int Count { get; }

    /// <summary>Things in the data that the source makes no sample of, or shows differently.</summary>
    IReadOnlyList<SourceFinding> Findings => [];

    /// <summary>Reads one sample.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>, exclusive; the same number is always the same sample.</param>
    /// <returns>The sample; a caption or class that cannot be used is left out of it with its fault, and judged by
    /// whoever reads it.</returns>
    /// <exception cref="SampleException">The sample cannot be used; the engine counts it and takes another. Any other
    /// exception counts as one too.</exception>
    Sample Read(int index);

    /// <summary>The identity of the samples. A run's record holds it; a run that goes on, gets more seeds or is
    /// compared with another must have the same.</summary>
    /// <returns>At least one part, in the order in which samples are numbered. Not overridden: 64 samples stand for all
    /// (<see cref="SourcePart.OfSamples"/>).</returns>
    IReadOnlyList<SourcePart> Parts() => [SourcePart.OfSamples(this)];
}

namespace Rils.Contract;

/// <summary>Slot <c>[data]</c>: gives samples by number. The engine decides order, shuffling and epochs. Several
/// threads read at once.</summary>
public interface ISource : IDisposable
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Things in the data that the source did not make samples of, or read in an unusual way. The engine
    /// prints them once.</summary>
    IReadOnlyList<SourceFinding> Findings => [];

    /// <summary>Reads one sample.</summary>
    /// <param name="index">The sample's number, from 0 to <see cref="Count"/>, exclusive. The same number must always
    /// give the same sample.</param>
    /// <returns>The sample. Where its caption or class cannot be used, the part is null and
    /// <see cref="Sample.CaptionFault"/> or <see cref="Sample.ClassFault"/> says why; only a reader of that part leaves
    /// the sample out.</returns>
    /// <exception cref="SampleException">The sample cannot be used; the engine counts it and takes another. The engine
    /// treats every other exception alike.</exception>
    Sample Read(int index);

    /// <summary>Tells the identity of the samples. A run's record holds it. A run that is resumed, gets more seeds or
    /// is compared with another run must have the same.</summary>
    /// <returns>At least one part, in the order in which samples are numbered. A source that does not implement this
    /// method is identified by 64 of its samples (<see cref="SourceShard.OfSamples"/>).</returns>
    IReadOnlyList<SourceShard> Shards() => [SourceShard.OfSamples(this)];
}

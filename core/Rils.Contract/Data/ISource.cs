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

    /// <summary>The types of the components that samples may have: <c>typeof(Captions)</c>. Where something reads a
    /// component of another type, the experiment is refused when it is read.</summary>
    IReadOnlyList<Type> Components { get; }

    /// <summary>Reads one sample.</summary>
    /// <param name="index">The sample's number, from 0 to <see cref="Count"/>, exclusive. The same number must always
    /// give the same sample.</param>
    /// <param name="wanted">The types of the components that the experiment's arms or heads read. The source need not
    /// decode others; nobody looks at them.</param>
    /// <returns>The sample. For a component that cannot be used, <see cref="Sample.WithFault{T}"/> says why; only where
    /// something reads components of that type is the sample left out.</returns>
    /// <exception cref="SampleException">The sample cannot be used; the engine counts it and takes another. The engine
    /// treats every other exception alike.</exception>
    Sample Read(int index, IReadOnlySet<Type> wanted);

    /// <summary>Tells the identity of the samples. A run's record holds it. A run that is resumed, gets more seeds or
    /// is compared with another run must have the same.</summary>
    /// <returns>At least one part, in the order in which samples are numbered. A source that does not implement this
    /// method is identified by 64 of its samples (<see cref="SourceShard.OfSamples"/>).</returns>
    IReadOnlyList<SourceShard> Shards() => [SourceShard.OfSamples(this)];
}

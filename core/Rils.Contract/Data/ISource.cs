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

    /// <summary>The names of the classes, in the order of the numbers of <see cref="Label"/>; null where the data does
    /// not name its classes.</summary>
    IReadOnlyList<string>? ClassNames => null;

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

    /// <summary>Reads one sample for its components alone: whoever counts labels needs no image. A source whose images
    /// cost time overrides this.</summary>
    /// <param name="index">The sample's number, as in <see cref="Read"/>.</param>
    /// <param name="wanted">The types of the components that the caller reads.</param>
    /// <returns>The sample, whose image may be empty.</returns>
    /// <exception cref="SampleException">The sample cannot be used.</exception>
    Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => Read(index, wanted);

    /// <summary>Tells the number under which a sample comes first, where the source repeats samples (to balance
    /// classes, say): with the same key, image and components. Training takes a repeat as any sample. An evaluation
    /// passes over repeats, so that metrics and comparisons count each sample once; a bad sample counts once,
    /// too.</summary>
    /// <param name="index">The sample's number.</param>
    /// <returns>The smallest number that gives the same sample: <paramref name="index"/> itself for a sample that is no
    /// repeat. A source over another one that repeats answers for that too.</returns>
    int FirstOf(int index) => index;

    /// <summary>Tells the identity of the samples. A run's record holds it. A run that is resumed, gets more seeds or
    /// is compared with another run must have the same.</summary>
    /// <returns>At least one part, in the order in which samples are numbered. A source that does not implement this
    /// method is identified by 64 of its samples (<see cref="SourceShard.OfSamples"/>). A source over another one
    /// returns the parts of that: its own options are in the experiment, which a run is held to as well.</returns>
    IReadOnlyList<SourceShard> Shards() => [SourceShard.OfSamples(this)];
}

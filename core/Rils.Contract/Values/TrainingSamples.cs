using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The training data without its images, for systems of <c>Setup</c> and for the check of options
/// (<c>IValidatableObject</c>) that look over all samples before training. Nothing is read where nobody asks.</summary>
public sealed class TrainingSamples : IShared
{
    const int AtOnce = 4096;

    readonly ISource source;
    readonly Lazy<int> classes;

    /// <summary>Shows the samples of a source.</summary>
    /// <param name="source">The source, which stays the caller's.</param>
    public TrainingSamples(ISource source)
    {
        this.source = source;
        classes = new(() => All<Label>().Select(label => label.Number + 1).DefaultIfEmpty().Max());
    }

    /// <summary>Number of samples.</summary>
    public int Count => source.Count;

    /// <summary>Number of classes: the largest class number of all samples, plus 1; 0 where no sample has a class. The
    /// first caller reads all labels.</summary>
    /// <exception cref="InvalidOperationException">The source gives no labels.</exception>
    public int Classes => classes.Value;

    /// <summary>Reads a component of all samples, on all cores.</summary>
    /// <typeparam name="T">The component's type.</typeparam>
    /// <returns>The components in the order of the samples; a sample without one, or one that cannot be read, is passed
    /// over: training counts it.</returns>
    /// <exception cref="InvalidOperationException">The source gives no components of this type.</exception>
    public IEnumerable<T> All<T>() where T : class => source.Components.Contains(typeof(T))
        ? Chunks<T>().SelectMany(chunk => chunk)
        : throw new InvalidOperationException(
            $"the training data gives no {Sample.NameOf(typeof(T))} of a sample: take a source that does");

    IEnumerable<IEnumerable<T>> Chunks<T>() where T : class
    {
        var wanted = new HashSet<Type> { typeof(T) };
        for (var start = 0; start < source.Count; start += AtOnce)
        {
            var (first, found) = (start, new T?[Math.Min(AtOnce, source.Count - start)]);
            Parallel.For(0, found.Length, place => found[place] = Find<T>(first + place, wanted));
            yield return found.OfType<T>();
        }
    }

    T? Find<T>(int index, IReadOnlySet<Type> wanted) where T : class
    {
        try
        {
            return source.ReadWithoutImage(index, wanted).Find<T>();
        }
        catch (Exception) // the loader takes any failure of a source as one bad sample
        {
            return null;
        }
    }
}

using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Looks at a few samples before anything runs: does the data have what its source may give?</summary>
/// <param name="Samples">Number of samples looked at.</param>
/// <param name="First">The first of them.</param>
sealed record SampleLook(int Samples, Sample First)
{
    /// <summary>The most samples that are looked at, however large the data is.</summary>
    const int Most = 32;

    /// <summary>Looks for a component, without reading images where the source can do that. The first sample that has
    /// one ends the search.</summary>
    /// <param name="source">The data.</param>
    /// <param name="type">The component's type. A component that cannot be used counts as one.</param>
    /// <returns>The samples, evenly spread over the data, of which none has the component; null where one has it, or
    /// where no sample can be read.</returns>
    public static SampleLook? ForLack(ISource source, Type type)
    {
        var wanted = new HashSet<Type> { type };
        var count = Math.Min(Most, source.Count);
        List<Sample> seen = [];
        for (var i = 0; i < count; i++)
        {
            if (Read(source, (int)((long)i * source.Count / count), wanted) is not { } sample) continue;
            if (sample.Find(type) is not null || sample.FaultOf(type) is not null) return null;
            seen.Add(sample with { Image = default });
        }
        return seen.Count == 0 ? null : new(seen.Count, seen[0]);
    }

    static Sample? Read(ISource source, int index, IReadOnlySet<Type> wanted)
    {
        try
        {
            return source.ReadWithoutImage(index, wanted);
        }
        // A stranger's source may throw anything for a bad sample; the run counts it.
        catch (Exception)
        {
            return null;
        }
    }
}

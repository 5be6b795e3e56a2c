namespace Rils.Probes;

/// <summary>Splits training data, to choose a setting on the held-out part.</summary>
static class HeldOut
{
    const double Share = 0.2;

    static readonly RandomStream stream = RandomStream.Root(0).Fork("held out");

    /// <summary>Holds out a fifth of each class, rounded, and keeps at least one sample of it. The split follows from
    /// the samples' keys and classes alone, not from their order, the arm or the run's seed.</summary>
    /// <returns>Places in the data, ascending.</returns>
    public static (IReadOnlyList<int> Kept, IReadOnlyList<int> Held) Split(Labelled data)
    {
        var held = Enumerable.Range(0, data.Keys.Count).GroupBy(place => data.Classes[place])
            .SelectMany(places => places
                .OrderBy(place => stream.Fork(data.Keys[place]).Seed())
                .ThenBy(place => data.Keys[place], StringComparer.Ordinal)
                .Take(Math.Min((int)Math.Round(Share * places.Count()), places.Count() - 1))).ToHashSet();
        return ([.. Enumerable.Range(0, data.Keys.Count).Where(place => !held.Contains(place))], [.. held.Order()]);
    }
}

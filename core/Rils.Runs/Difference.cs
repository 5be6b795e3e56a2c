namespace Rils.Runs;

/// <summary>Something that has changed since a run was begun.</summary>
/// <param name="What">The name of the thing: <c>data /d/train.tar</c>, <c>plugin Rils.Vit</c>, <c>threads</c>,
/// <c>arm.clip.schedule.learning_rate</c>.</param>
/// <param name="Was">The earlier value.</param>
/// <param name="Is">The present value.</param>
/// <param name="Name">The name with which <c>--accept</c> lets the run go on; null where no name does, or where the run
/// goes on anyway.</param>
public sealed record Difference(string What, string Was, string Is, string? Name = null)
{
    const int Longest = 240;

    internal const string Absent = "absent";

    /// <summary>Writes <c>threads was 2 and is 1</c>.</summary>
    public override string ToString() => $"{What} was {Short(Was)} and is {Short(Is)}";

    /// <summary>Lists the values that differ between two lists, in the order of their names.</summary>
    /// <param name="then">The earlier values, by name.</param>
    /// <param name="now">The present values, by name.</param>
    /// <param name="title">The text before each name.</param>
    /// <param name="name">For a name, the name with which <c>--accept</c> lets it differ.</param>
    public static IEnumerable<Difference> Between(
        IEnumerable<KeyValuePair<string, string>> then, IEnumerable<KeyValuePair<string, string>> now,
        string title = "", Func<string, string?>? name = null)
    {
        var (left, right) = (then.ToDictionary(), now.ToDictionary());
        return from key in left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
               let pair = (Was: left.GetValueOrDefault(key, Absent), Is: right.GetValueOrDefault(key, Absent))
               where pair.Was != pair.Is
               select new Difference($"{title}{key}", pair.Was, pair.Is, name?.Invoke(key));
    }

    /// <summary>Joins this difference with a later one of the same thing; null where the later one undoes this
    /// one.</summary>
    internal Difference? Then(Difference later) =>
        Was == later.Is ? null : this with { Is = later.Is, Name = later.Name ?? Name };

    /// <summary>Shortens a long text in its middle, because paths differ at their ends.</summary>
    static string Short(string text) =>
        text.Length <= Longest ? text : $"{text[..(Longest / 2)]}…{text[^(Longest / 2)..]}";
}

namespace Rils.Runs;

/// <summary>Something that a run was begun with, and that is another now.</summary>
/// <param name="What">What it is: <c>data /d/train.tar</c>, <c>plugin Rils.Vit</c>, <c>threads</c>,
/// <c>arm.clip.schedule.learning_rate</c>.</param>
/// <param name="Was">What it was.</param>
/// <param name="Is">What it is now.</param>
/// <param name="Name">By which <c>--accept</c> lets the run go on all the same; null where nothing does, or nothing
/// need.</param>
public sealed record Difference(string What, string Was, string Is, string? Name = null)
{
    const int Longest = 240;

    internal const string Absent = "absent";

    /// <summary><c>threads was 2 and is 1</c></summary>
    public override string ToString() => $"{What} was {Short(Was)} and is {Short(Is)}";

    /// <summary>The unlike things of two lists, in the order of their names.</summary>
    /// <param name="then">The first list.</param>
    /// <param name="now">The second list.</param>
    /// <param name="title">Goes before each thing's name.</param>
    /// <param name="name">By which <c>--accept</c> lets a thing differ.</param>
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

    /// <summary>The sum of two differences, one after the other; null where the second undoes the first.</summary>
    internal Difference? Then(Difference later) =>
        Was == later.Is ? null : this with { Is = later.Is, Name = later.Name ?? Name };

    /// <summary>Paths differ at their ends.</summary>
    static string Short(string text) =>
        text.Length <= Longest ? text : $"{text[..(Longest / 2)]}…{text[^(Longest / 2)..]}";
}

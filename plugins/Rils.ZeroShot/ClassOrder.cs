namespace Rils.ZeroShot;

/// <summary>Compares a list of phrases with the classes of the data: a phrase is found by the number of its class
/// alone.</summary>
static class ClassOrder
{
    /// <summary>The most names that a message shows of each order.</summary>
    const int Shown = 5;

    /// <summary>Says why the list does not fit the data: a class without a phrase, or a name that stands for another
    /// class.</summary>
    /// <param name="listed">The classes of the list. Names that are all other words than the data's are passed
    /// over.</param>
    /// <param name="ofData">The names of the data's classes, in the order of their numbers.</param>
    /// <param name="path">The file of the list.</param>
    /// <returns>A sentence that names the file; null where the list fits.</returns>
    public static string? Mistake(
        IReadOnlyList<ListedClass> listed, IReadOnlyList<string> ofData, string path)
    {
        string?[] names = [.. listed.Select(entry => entry.Name)];
        var isNamed = names.Intersect(ofData, StringComparer.Ordinal).Any();
        var differing = !isNamed ? [] : Enumerable.Range(0, names.Length)
            .Where(number => names[number] is { } name && (number >= ofData.Count || name != ofData[number])).ToArray();
        if (differing is [var first, ..] && first < ofData.Count)
            return $"class {first} is `{names[first]}` in {path}, and `{ofData[first]}` in the data, whose numbers "
                + $"count: bring the list into the data's order. From class {first} on the data has "
                + $"{Order(ofData, first)}, and the list {Order(names, first)}";
        if (listed.Count < ofData.Count)
            return $"the data has {ofData.Count} classes, and {path} lists {listed.Count}: add a phrase for class "
                + $"{listed.Count}, `{ofData[listed.Count]}`"
                + (listed.Count + 1 < ofData.Count ? ", and for those after it" : "");
        return differing.Length == 0 ? null
            : $"class {differing[0]} is `{names[differing[0]]}` in {path}, and the data has {ofData.Count} classes, "
                + $"0 to {ofData.Count - 1}: leave the class out of the list";
    }

    static string Order(IReadOnlyList<string?> names, int first) =>
        string.Join(", ", names.Skip(first).Take(Shown).Select(name => $"`{name ?? "no name"}`"))
        + (names.Count > first + Shown ? ", …" : "");
}

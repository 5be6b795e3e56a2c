namespace Rils.ZeroShot;

/// <summary>Brings a list of classes into the order of the data's class numbers.</summary>
static class ClassOrder
{
    /// <summary>Finds the listed class of each class of the data: by its name, where both have names; else by its
    /// number.</summary>
    /// <param name="listed">The classes of the list, which may be more than the data's: a list of ImageNet's classes
    /// serves a set that has two hundred of them. Names that are all other words than the data's are passed
    /// over.</param>
    /// <param name="ofData">The names of the data's classes, in the order of their numbers.</param>
    /// <param name="path">The file of the list.</param>
    /// <returns>The classes in the data's order.</returns>
    /// <exception cref="InvalidDataException">The list lacks a class of the data, has a name twice, or has more classes
    /// than the data and none by the data's names.</exception>
    public static IReadOnlyList<ListedClass> Of(
        IReadOnlyList<ListedClass> listed, IReadOnlyList<string> ofData, string path)
    {
        var named = listed.Where(entry => entry.Name is not null)
            .ToLookup(entry => entry.Name!, StringComparer.Ordinal);
        if (ofData.Any(named.Contains)) return [.. ofData.Select(name => Named(named, name, path))];
        if (listed.Count == ofData.Count) return listed;
        if (listed.Count > ofData.Count)
            throw new InvalidDataException($"the data names {ofData.Count} classes, and {path} lists {listed.Count}, "
                + "none by the data's names, so that nothing tells which are which: give each its name, as in "
                + $"{{ \"name\": \"{ofData[0]}\", \"phrase\": \"...\" }}, or list the data's classes alone");
        var more = listed.Count + 1 < ofData.Count ? ", and for those after it" : "";
        throw new InvalidDataException($"the data has {ofData.Count} classes, and {path} lists {listed.Count}: add a "
            + $"phrase for class {listed.Count}, `{ofData[listed.Count]}`{more}");
    }

    static ListedClass Named(ILookup<string, ListedClass> named, string name, string path) =>
        named[name].ToArray() switch
        {
            [var one] => one,
            [] => throw new InvalidDataException($"the data has a class `{name}`, and {path}, which names classes as "
                + $"the data does, has none of this name: add {{ \"name\": \"{name}\", \"phrase\": \"...\" }}"),
            _ => throw new InvalidDataException($"{path} has the class `{name}` twice: leave one of them out"),
        };
}

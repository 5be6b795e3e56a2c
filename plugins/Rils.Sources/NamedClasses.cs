namespace Rils.Sources;

/// <summary>Numbers classes by their names.</summary>
public sealed class NamedClasses
{
    readonly Dictionary<string, int> numbers;

    /// <summary>Numbers the classes of some data: as the training data does, or in the ordinal order of the
    /// names.</summary>
    /// <param name="own">The names in the data.</param>
    /// <param name="given">The names of the training data's classes; null where this is the training data, or where
    /// that names none.</param>
    /// <param name="what">The word for a class: <c>class folder</c>.</param>
    /// <param name="place">The data, for messages.</param>
    /// <exception cref="InvalidDataException">The training data lacks a class of this data.</exception>
    public NamedClasses(IEnumerable<string> own, IReadOnlyList<string>? given, string what, string place)
    {
        string[] names = [.. own.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Names = given ?? names;
        numbers = Names.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        string[] unknown = [.. names.Where(name => !numbers.ContainsKey(name))];
        if (unknown.Length > 0) throw Unknown(unknown, what, place);
    }

    /// <summary>The names, in the order of the numbers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of a class.</summary>
    /// <param name="name">The name, which is among <see cref="Names"/>.</param>
    public int Of(string name) => numbers[name];

    InvalidDataException Unknown(string[] unknown, string what, string place)
    {
        const int Shown = 5;
        var more = unknown.Length > 1 ? $" (and {unknown.Length - 1} more)" : "";
        var known = string.Join(", ", Names.Take(Shown).Select(name => $"`{name}`"))
            + (Names.Count > Shown ? $" and {Names.Count - Shown} more" : "");
        return new($"the {what} `{unknown[0]}`{more} of {place} is none of the training data's, which has {known}. "
            + "Rename it, leave it out, or add such images to the training data; data of its own classes gets a "
            + "source of its own, as in data = { kind = \"...\", path = \"...\" }");
    }
}

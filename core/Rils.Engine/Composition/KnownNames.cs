using Rils.Configuration;
using Rils.Configuration.Settings;

namespace Rils.Engine.Composition;

/// <summary>The names that the tables and keys of an experiment can have, and the names that slips mean.</summary>
/// <param name="tree">The experiment.</param>
/// <param name="names">The names that are possible after <c>extends</c> and the arms are worked out.</param>
sealed class KnownNames(ExperimentTree tree, IEnumerable<string> names)
{
    static readonly string[] OfArms = [.. OptionProperty.KeysOf<ArmSettings>()];
    static readonly string[] Keys = [.. OptionProperty.KeysOf<ExperimentSettings>(), "extends", .. OfArms];

    readonly string[] names = [.. names.Concat(OfArms).Order(StringComparer.Ordinal)];

    public bool Contains(string name) => names.Contains(name);

    /// <summary>The names that are possible in the place of an entry, at the root or in an arm.</summary>
    public IReadOnlyList<string> InPlaceOf(TomlEntry entry) =>
        tree.Shared.TryGet(entry.Key, out var shared) && shared.KeySpan == entry.KeySpan
            ? [.. names.Except(OfArms).Concat(ExperimentKeys.ReadBefore).Order(StringComparer.Ordinal)] : names;

    /// <summary>The possible names as a message lists them, tables first: <c>[backbone], [[head]]; epochs,
    /// name</c>.</summary>
    public string ListFor(TomlEntry entry)
    {
        var place = InPlaceOf(entry);
        var tables = place.Except(Keys).Select(EngineTables.Header);
        return $"{string.Join(", ", tables)}; {string.Join(", ", place.Intersect(Keys))}";
    }

    /// <summary>Whether a missing name is present under a similar name: then only the slip is reported, not what
    /// follows from it.</summary>
    /// <param name="tables">The tables of the root or of an arm.</param>
    /// <param name="name">The name of a table or key.</param>
    public bool IsMeant(TableNode tables, string name) =>
        tables[name] is null
            && tables.Entries.Any(entry =>
                MeantBy(entry) is { } meant && (meant == name || ExperimentKeys.ReadBefore.Contains(meant)));

    /// <summary>The known name that an unknown one misspells; null for a known name, and where no name is
    /// near.</summary>
    public string? MeantBy(TomlEntry entry) => Contains(entry.Key) ? null : Nearest.Name(entry.Key, InPlaceOf(entry));
}

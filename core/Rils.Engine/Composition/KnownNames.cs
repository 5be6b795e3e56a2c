using Rils.Configuration;
using Rils.Configuration.Settings;

namespace Rils.Engine.Composition;

/// <summary>The names that the tables and keys of an experiment can have, and what slips in them stand for.</summary>
/// <param name="tree">The experiment.</param>
/// <param name="names">What there can be once <c>extends</c> and the arms are worked out.</param>
sealed class KnownNames(ExperimentTree tree, IEnumerable<string> names)
{
    static readonly string[] OfArms = [.. OptionProperty.KeysOf<ArmSettings>()];
    static readonly string[] Keys = [.. OptionProperty.KeysOf<ExperimentSettings>(), "extends", .. OfArms];

    readonly string[] names = [.. names.Concat(OfArms).Order(StringComparer.Ordinal)];

    public bool Contains(string name) => names.Contains(name);

    /// <summary>What may stand in the place of an entry: at the root, and in an arm.</summary>
    public IReadOnlyList<string> InPlaceOf(TomlEntry entry) =>
        tree.Shared.TryGet(entry.Key, out var shared) && shared.KeySpan == entry.KeySpan
            ? [.. names.Except(OfArms).Concat(ExperimentKeys.ReadBefore).Order(StringComparer.Ordinal)] : names;

    /// <summary>The same for a message, tables first: <c>[backbone], [[head]]; epochs, name</c>.</summary>
    public string ListFor(TomlEntry entry)
    {
        var place = InPlaceOf(entry);
        return $"{string.Join(", ", place.Except(Keys).Select(EngineTables.Header))}; {string.Join(", ", place.Intersect(Keys))}";
    }

    /// <summary>Whether a name that is missing stands there after all, under one that is nearly it: then the slip is told, and not what follows from it.</summary>
    /// <param name="tables">The root's or an arm's.</param>
    /// <param name="name">Of a table or key.</param>
    public bool IsMeant(TableNode tables, string name) =>
        tables[name] is null && tables.Entries.Any(entry => MeantBy(entry) is { } meant && (meant == name || ExperimentKeys.ReadBefore.Contains(meant)));

    /// <summary>The known name that an unknown one is a slip of; null for a known one, and where nothing is near.</summary>
    public string? MeantBy(TomlEntry entry) => Contains(entry.Key) ? null : Nearest.Name(entry.Key, InPlaceOf(entry));
}

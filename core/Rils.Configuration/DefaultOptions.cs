using System.Collections;
using System.Globalization;
using Rils.Configuration.Settings;
using Rils.Contract;

namespace Rils.Configuration;

/// <summary>Adds to a table the keys that it leaves out, with the values that binding gave them: the inverse of
/// <see cref="OptionsBinder"/>.</summary>
static class DefaultOptions
{
    /// <summary>Adds the missing keys, in nested tables too. A default that no file could give, because it is null or
    /// outside the allowed values, stays out.</summary>
    /// <param name="table">The table to which the options were bound.</param>
    /// <param name="options">The options.</param>
    /// <param name="withPaths">Whether paths are added too, which then must be absolute.</param>
    public static void AddTo(TableNode table, object options, bool withPaths = false)
    {
        foreach (var property in OptionProperty.Of(options.GetType()))
        {
            var value = property.Property.GetValue(options);
            if (value is IWrapped { Table: { } wrapped }) value = wrapped.Options;
            if (table[property.Key] is TableNode nested && value is not (null or IDictionary))
                AddTo(nested, value, withPaths);
            // Reading makes a path absolute, and a default does not say in which folder it would lie.
            else if (table[property.Key] is null && (withPaths || !property.IsPath)
                && NodeOf(value, table.Span) is { } node && ReadsBack(node, value, property))
                table.Set(property.Key, table.Span, node);
        }
    }

    static bool ReadsBack(TomlNode node, object? value, OptionProperty property)
    {
        var place = new OptionPlace(property.Key, "", IsPath: false, new Problems());
        return OptionValue.TryRead(node, property.Property.PropertyType, place, out var read)
            && OptionRules.Check(node, read, property.Rules, place) && OptionEquality.Same(value, read);
    }

    static TomlNode? NodeOf(object? value, SourceSpan at)
    {
        switch (value)
        {
            case null: return null;
            case string or bool or long or double: return new ScalarNode(at, value);
            case int whole: return new ScalarNode(at, (long)whole);
            // 0.1 as a file writes it, not its value with the digits of a double.
            case float number: return new ScalarNode(at,
                double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            case Enum name: return new ScalarNode(at, OptionEnum.NameOf(name));
            case Period period: return new ScalarNode(at, $"{period}");
            case IDictionary entries:
                return Table(entries.Keys.Cast<object>().Select(key => ($"{key}", entries[key])), at);
            case IEnumerable items: return List(items, at);
            default: return OptionProperty.Of(value.GetType()) is { Count: > 0 } keys
                ? Table(keys.Select(key => (key.Key, key.Property.GetValue(value))), at) : null;
        }
    }

    static ArrayNode? List(IEnumerable items, SourceSpan at)
    {
        TomlNode?[] nodes = [.. items.Cast<object?>().Select(item => NodeOf(item, at))];
        return nodes.Contains(null) ? null : new(at, [.. nodes.OfType<TomlNode>()]);
    }

    static TableNode Table(IEnumerable<(string Key, object? Value)> entries, SourceSpan at)
    {
        var table = new TableNode(at);
        foreach (var (key, value) in entries)
            if (NodeOf(value, at) is { } node) table.Set(key, at, node);
        return table;
    }
}

using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Rils.Configuration.Settings;

namespace Rils.Configuration;

/// <summary>Describes a key of a table for people.</summary>
/// <param name="Key">The key, as a file writes it.</param>
/// <param name="Takes">The type and the allowed values: <c>a number, 0 to 1</c>.</param>
/// <param name="Default">The default as a file would write it, <c>required</c>, or <c>-</c> for a key without a
/// default.</param>
/// <param name="Description">The text of the property's documentation; empty where the assembly has no .xml beside
/// it.</param>
public sealed partial record OptionKey(string Key, string Takes, string Default, string Description)
{
    /// <summary>The type of the values that a key names kinds of; null for any other key.</summary>
    public Type? Wraps { get; init; }

    /// <summary>The keys of an options record, in the order of declaration.</summary>
    public static IReadOnlyList<OptionKey> Of(Type options)
    {
        var defaults = Activator.CreateInstance(options);
        return [.. OptionProperty.Of(options).Select(property => new OptionKey(property.Key, TakesOf(property),
            property.IsRequired ? "required" : Show(property.Property.GetValue(defaults)),
            XmlDocumentation.Of(property.Property)) { Wraps = property.Wraps })];
    }

    /// <summary>The text of a record's documentation about the whole table, without the table's name; empty where there
    /// is none.</summary>
    public static string Summary(Type options)
    {
        var text = Title().Replace(XmlDocumentation.Of(options), "");
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    static string TakesOf(OptionProperty property)
    {
        var rules = property.Rules.Select(rule => OptionRules.InWords(rule, property.Key));
        return string.Join(", ", rules.Where(rule => rule.Length > 0).Prepend(property.Expected));
    }

    internal static string Show(object? value) => value switch
    {
        null => "-",
        string text => new ScalarNode(default, text).Text,
        Enum name => $"\"{OptionEnum.NameOf(name)}\"",
        Period period => $"\"{period}\"",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Show))}]",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    [GeneratedRegex(@"^(Options of )?`\[[^`]*`[.:]? ?")]
    private static partial Regex Title();
}

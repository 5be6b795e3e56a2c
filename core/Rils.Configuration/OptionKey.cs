using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Rils.Configuration.Settings;

namespace Rils.Configuration;

/// <summary>A key of a table, for people.</summary>
/// <param name="Key">As it stands in a file.</param>
/// <param name="Takes">Its type and what is allowed: <c>a number, 0 to 1</c>.</param>
/// <param name="Default">Its default as it would stand in a file, <c>required</c>, or <c>-</c> where it has none.</param>
/// <param name="Description">What its record's documentation says; empty where the assembly has no .xml beside it.</param>
public sealed partial record OptionKey(string Key, string Takes, string Default, string Description)
{
    /// <summary>The keys that an options record is bound to, in the order of declaration.</summary>
    public static IReadOnlyList<OptionKey> Of(Type options)
    {
        var defaults = Activator.CreateInstance(options);
        return [.. OptionProperty.Of(options).Select(property => new OptionKey(
            property.Key, TakesOf(property), property.IsRequired ? "required" : Show(property.Property.GetValue(defaults)),
            XmlDocumentation.Of(property.Property)))];
    }

    /// <summary>What a record's documentation says of the whole table, beside naming it; empty where there is nothing.</summary>
    public static string Summary(Type options)
    {
        var text = Title().Replace(XmlDocumentation.Of(options), "");
        return text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
    }

    static string TakesOf(OptionProperty property)
    {
        var type = OptionValue.Expected(property.Property.PropertyType);
        if (property.IsPath) type = type.Replace("a string", "a path");
        return string.Join(", ", property.Rules.Select(rule => OptionRules.InWords(rule, property.Key)).Where(rule => rule.Length > 0).Prepend(type));
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

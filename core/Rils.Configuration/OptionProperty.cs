using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Rils.Configuration.Settings;
using Rils.Contract;

namespace Rils.Configuration;

/// <summary>A property of an options record, as a key of its table.</summary>
/// <param name="Property">The property.</param>
/// <param name="Key">The property's name in snake_case.</param>
/// <param name="IsRequired">Whether the table must give the key.</param>
/// <param name="IsPath">Whether the property holds paths.</param>
/// <param name="Rules">The property's validation attributes.</param>
sealed record OptionProperty(
    PropertyInfo Property, string Key, bool IsRequired, bool IsPath, IReadOnlyList<ValidationAttribute> Rules)
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionProperty>> Known = new();

    /// <summary>The keys of a record, in the order of declaration; the keys of a base record come first.</summary>
    public static IReadOnlyList<OptionProperty> Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>The word that the key takes beside paths, or in place of a table; null where there is none.</summary>
    public string? Word => Property.GetCustomAttribute<ExperimentPathAttribute>()?.Word
        ?? Property.GetCustomAttribute<WordAttribute>()?.Word;

    /// <summary>The names of the keys of a record.</summary>
    public static IEnumerable<string> KeysOf<T>() => KeysOf(typeof(T));

    /// <inheritdoc cref="KeysOf{T}"/>
    public static IEnumerable<string> KeysOf(Type type) => Of(type).Select(property => property.Key);

    static IReadOnlyList<OptionProperty> Find(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .OrderBy(property => Depth(property.DeclaringType!)).ThenBy(property => property.MetadataToken)
            .Select(Make),
    ];

    static OptionProperty Make(PropertyInfo property) => new(
        property,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
        property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(RequiredAttribute)),
        property.IsDefined(typeof(ExperimentPathAttribute)),
        [.. property.GetCustomAttributes<ValidationAttribute>()]);

    /// <summary>The type of the values that the key names kinds of; null for any other key.</summary>
    public Type? Wraps => Property.PropertyType.IsAssignableTo(typeof(IWrapped))
        ? Property.PropertyType.GetGenericArguments()[1] : null;

    /// <summary>The values that the key takes, in words.</summary>
    public string Expected => Takes(OptionValue.Expected(Property.PropertyType), IsPath)
        + (Word is null ? "" : $", or \"{Word}\"");

    /// <summary>The words for the values of a key, which hold paths in place of any strings.</summary>
    public static string Takes(string expected, bool isPath) =>
        !isPath ? expected : expected.Replace("an array, each item a string", "a path, or an array of paths",
            StringComparison.Ordinal).Replace("a string", "a path", StringComparison.Ordinal);

    static int Depth(Type type) => type.BaseType is { } below ? 1 + Depth(below) : 0;
}

using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Rils.Contract;

namespace Rils.Configuration;

/// <summary>A property of an options record, as a key of its table.</summary>
/// <param name="Property">The property.</param>
/// <param name="Key">Its name in snake_case.</param>
/// <param name="IsRequired">Whether the table must give it.</param>
/// <param name="IsPath">Whether it holds paths.</param>
/// <param name="Rules">The validation attributes.</param>
sealed record OptionProperty(
    PropertyInfo Property, string Key, bool IsRequired, bool IsPath, IReadOnlyList<ValidationAttribute> Rules)
{
    static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionProperty>> Known = new();

    /// <summary>What a table of a type may hold, in the order of declaration, a base record's first.</summary>
    public static IReadOnlyList<OptionProperty> Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>The keys of a table of a type.</summary>
    public static IEnumerable<string> KeysOf<T>() => KeysOf(typeof(T));

    /// <summary>The same.</summary>
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

    static int Depth(Type type) => type.BaseType is { } below ? 1 + Depth(below) : 0;
}

using System.Text.Json;

namespace Rils.Configuration;

/// <summary>The names of an enum's members in a file.</summary>
static class OptionEnum
{
    /// <summary>The names in kebab-case, in the order of declaration.</summary>
    public static IReadOnlyList<string> Names(Type type) =>
        [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>A member's name in kebab-case.</summary>
    public static string NameOf(Enum member) => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());

    /// <summary>The member of a name in kebab-case, in snake_case or without separators; null where no member has
    /// it.</summary>
    public static object? Parse(Type type, string name)
    {
        var member = Enum.GetNames(type).FirstOrDefault(member =>
            name == JsonNamingPolicy.KebabCaseLower.ConvertName(member)
            || name == JsonNamingPolicy.SnakeCaseLower.ConvertName(member)
            || name == member.ToLowerInvariant());
        return member is null ? null : Enum.Parse(type, member);
    }
}

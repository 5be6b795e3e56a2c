using System.Collections;
using System.Globalization;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Files;

namespace Rils.Configuration;

/// <summary>Reads a node of the tree as a value of a property's type.</summary>
static class OptionValue
{
    /// <summary>Reads a node as <paramref name="type"/>; false after reporting why it is none.</summary>
    public static bool TryRead(TomlNode node, Type type, OptionPlace place, out object? value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemType(plain) is { } item)
            return TryReadList(node, plain, item, place, out value);
        if (EntryType(plain) is { } entry)
            return TryReadDictionary(node, entry, place, out value);
        if (plain.IsAssignableTo(typeof(IWrapped)))
            return (value = place.Wraps?.Invoke(plain, place.Key, node, place.Inside)) is not null;
        if (!IsScalar(plain))
            return (value = null) is null && node is ScalarNode { Value: string word } && word == place.Word
                || TryReadRecord(node, plain, place, out value);
        value = node is ScalarNode scalar ? Scalar(scalar, plain, place) : null;
        if (value is null)
            ReportScalar(node, plain, place);
        return value is not null;
    }

    /// <summary>The values that a type takes, in words.</summary>
    public static string Expected(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemType(plain) is { } item)
            return $"an array, each item {Expected(item)}";
        if (plain.IsAssignableTo(typeof(IWrapped)))
            return "a table that names a kind, as in { kind = \"...\" }";
        if (plain.IsEnum)
            return $"one of {string.Join(", ", OptionEnum.Names(plain))}";
        if (plain == typeof(Period))
            return $"a period: {Period.Forms}";
        return Type.GetTypeCode(plain) switch
        {
            TypeCode.Boolean => "true or false",
            TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.Single or TypeCode.Double => "a number",
            TypeCode.String => "a string",
            _ => "a table",
        };
    }

    static bool IsScalar(Type type) =>
        type.IsEnum || type == typeof(Period) || Type.GetTypeCode(type) is TypeCode.Boolean or TypeCode.Int32
            or TypeCode.Int64 or TypeCode.Single or TypeCode.Double or TypeCode.String;

    /// <summary>The value; null where the node has another type or lies outside the type's range.</summary>
    static object? Scalar(ScalarNode node, Type type, OptionPlace place)
    {
        if (type.IsEnum)
            return node.Value is string name ? OptionEnum.Parse(type, name) : null;
        if (type == typeof(Period))
            return node.Value is long or string
                && Period.TryParse(string.Create(CultureInfo.InvariantCulture, $"{node.Value}"), out var period)
                ? period
                : null;
        return (Type.GetTypeCode(type), node.Value) switch
        {
            (TypeCode.Boolean, bool flag) => flag,
            (TypeCode.Int32, long whole) when whole is >= int.MinValue and <= int.MaxValue => (int)whole,
            (TypeCode.Int64, long whole) => whole,
            (TypeCode.Single, long whole) => (float)whole,
            (TypeCode.Single, double number) => (float)number,
            (TypeCode.Double, long whole) => (double)whole,
            (TypeCode.Double, double number) => number,
            (TypeCode.String, string text) => place.IsPath && text != place.Word ? ResolvePath(node, text) : text,
            _ => null,
        };
    }

    static void ReportScalar(TomlNode node, Type type, OptionPlace place)
    {
        if (type == typeof(int) && node is ScalarNode { Value: long })
            place.Is(node, $"; allowed: {int.MinValue} to {int.MaxValue}");
        else if (type == typeof(string) && node is ScalarNode { Value: string path } && place.IsPath)
            place.Is(node, $", which {UserPath.Expand(path, out _)}");
        else if (type.IsEnum && node is ScalarNode { Value: string name })
            place.Is(node, AllowedNames(name, OptionEnum.Names(type)));
        else
            place.MustBe(Expected(type), node);
    }

    static string AllowedNames(string given, IReadOnlyList<string> names)
    {
        var all = string.Join(", ", names);
        return Nearest.Hint(given, names) is { Length: > 0 } hint ? $"{hint} Allowed: {all}." : $"; allowed: {all}";
    }

    /// <summary>The absolute path, which also replaces the path in the tree, so that the resolved file means the same
    /// in any folder. Null for text that is no path.</summary>
    static string? ResolvePath(ScalarNode node, string path)
    {
        if (UserPath.Expand(path, out var expanded) is not null)
            return null;
        var full = Path.GetFullPath(expanded, node.Span.Folder);
        node.Value = full;
        return full;
    }

    static bool TryReadList(TomlNode node, Type type, Type item, OptionPlace place, out object? value)
    {
        value = null;
        var nodes = node switch
        {
            ArrayNode array => array.Items,
            ScalarNode when IsScalar(Nullable.GetUnderlyingType(item) ?? item) => [node],
            _ => null,
        };
        if (nodes is null)
        {
            place.MustBe(Expected(type), node);
            return false;
        }
        var list = Array.CreateInstance(item, nodes.Count);
        var good = true;
        for (var i = 0; i < nodes.Count; i++)
        {
            var isRead = TryRead(nodes[i], item, place, out var read);
            if (isRead)
                list.SetValue(read, i);
            good &= isRead;
        }
        value = type.IsAssignableFrom(list.GetType()) ? list : Activator.CreateInstance(type, list);
        return good;
    }

    static bool TryReadDictionary(TomlNode node, Type type, OptionPlace place, out object? value)
    {
        var dictionary =
            (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), type))!;
        value = dictionary;
        if (node is not TableNode table)
        {
            place.MustBe("a table", node);
            return false;
        }
        var good = true;
        foreach (var entry in table.Entries)
        {
            var isRead = TryRead(entry.Value, type, place with { Key = $"{place.Key}.{entry.Key}" }, out var read);
            if (isRead)
                dictionary[entry.Key] = read;
            good &= isRead;
        }
        return good;
    }

    static bool TryReadRecord(TomlNode node, Type type, OptionPlace place, out object? value)
    {
        value = null;
        if (!type.IsClass || type.IsAbstract || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
            place.Problems.Add(
                node.Span, $"`{place.Key}` in {place.Where} cannot come from a file: its type is {type.Name}");
        else if (node is TableNode table)
            value = OptionsBinder.Bind(type, table, place.Inside, place.Problems, wraps: place.Wraps);
        else
            place.MustBe("a table", node);
        return value is not null;
    }

    /// <summary>The item type of an array, of a <see cref="List{T}"/>, or of an interface that an array implements;
    /// null for other types.</summary>
    static Type? ItemType(Type type)
    {
        if (type.IsArray)
            return type.GetArrayRank() == 1 ? type.GetElementType() : null;
        if (type == typeof(string) || !type.IsGenericType || type.GetGenericArguments() is not [var item])
            return null;
        return type.IsAssignableFrom(item.MakeArrayType())
            || type.GetGenericTypeDefinition() == typeof(List<>) ? item : null;
    }

    /// <summary>The value type of a dictionary with string keys; null for other types.</summary>
    static Type? EntryType(Type type)
    {
        if (!type.IsGenericType || type.GetGenericArguments() is not [var key, var value] || key != typeof(string))
            return null;
        return type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(key, value)) ? value : null;
    }
}

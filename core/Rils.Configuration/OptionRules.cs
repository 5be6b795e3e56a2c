using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Rils.Scheduling;

namespace Rils.Configuration;

/// <summary>Checks a value against the validation attributes of its property.</summary>
static class OptionRules
{
    /// <summary>Whether all attributes allow the value; reports each attribute that does not, with the values that it
    /// allows.</summary>
    public static bool Check(TomlNode node, object? value, IReadOnlyList<ValidationAttribute> rules, OptionPlace place)
    {
        var good = true;
        foreach (var rule in rules)
        {
            // A rule for single values holds for each item of a list.
            var isForSingle =
                rule is RangeAttribute or AllowedValuesAttribute or DeniedValuesAttribute or RegularExpressionAttribute;
            var items = isForSingle && value is IList list ? list : new[] { value };
            var nodes = isForSingle && node is ArrayNode array ? array.Items : [node];
            for (var i = 0; i < items.Count; i++)
                good &= CheckOne(nodes[i], items[i], rule, place);
        }
        return good;
    }

    /// <summary>A rule in words, for a list of keys: <c>0 to 1</c>, <c>at least 1 long</c>; empty for a rule that only
    /// repeats <c>required</c>.</summary>
    public static string InWords(ValidationAttribute rule, string key) =>
        rule is RequiredAttribute ? "" : Allowed(rule, key).Replace("; allowed:", "").TrimStart(';', ':', ' ');

    static bool CheckOne(TomlNode node, object? value, ValidationAttribute rule, OptionPlace place)
    {
        try
        {
            if (rule is RangeAttribute range ? IsWithin(range, value) : IsAllowed(rule, value))
                return true;
            place.Is(node, Allowed(rule, place.Key));
        }
        catch (Exception error)
        {
            // The attribute may be a plugin's own, or may not fit the property's type.
            place.Is(node, $", and [{rule.GetType().Name}] cannot judge it: {Cause.Of(error)}");
        }
        return false;
    }

    static bool IsAllowed(ValidationAttribute rule, object? value) =>
        rule is AllowedValuesAttribute allowed && value is IConvertible
        ? allowed.Values.Any(one =>
            Equals(one, value) || IsNumber(one) && IsNumber(value) && Number(one!).Equals(Number(value!)))
        : rule.IsValid(value);

    /// <remarks>The attribute's own check would round 1.4 to 1 where its bounds are whole numbers.</remarks>
    static bool IsWithin(RangeAttribute range, object? value)
    {
        if (value is null)
            return true;
        if (!IsNumber(value))
            return range.IsValid(value);
        var (number, low, high) = (Number(value), Number(range.Minimum), Number(range.Maximum));
        return (range.MinimumIsExclusive ? number > low : number >= low)
            && (range.MaximumIsExclusive ? number < high : number <= high);
    }

    static string Allowed(ValidationAttribute rule, string key) => rule switch
    {
        // These two always have a message, but that message does not list the values.
        AllowedValuesAttribute allowed => $"; allowed: {string.Join(", ", allowed.Values.Select(Show))}",
        DeniedValuesAttribute denied => $"; not allowed: {string.Join(", ", denied.Values.Select(Show))}",
        _ when rule.ErrorMessage is not null => $": {rule.FormatErrorMessage(key)}",
        RangeAttribute range => $"; allowed: {Interval(range)}",
        MinLengthAttribute least => $"; at least {least.Length} long",
        MaxLengthAttribute most => $"; at most {most.Length} long",
        LengthAttribute length when length.MinimumLength == length.MaximumLength =>
            $"; exactly {length.MinimumLength} long",
        LengthAttribute length => $"; {length.MinimumLength} to {length.MaximumLength} long",
        StringLengthAttribute length => $"; {length.MinimumLength} to {length.MaximumLength} long",
        RegularExpressionAttribute pattern => $"; it must match {pattern.Pattern}",
        _ => $": {rule.FormatErrorMessage(key)}",
    };

    static string Interval(RangeAttribute range)
    {
        var low = $"{(range.MinimumIsExclusive ? "above " : "")}{Show(range.Minimum)}";
        if (Number(range.Maximum) is double.MaxValue or double.PositiveInfinity or int.MaxValue or long.MaxValue)
            return range.MinimumIsExclusive ? low : $"at least {low}";
        return $"{low} to {(range.MaximumIsExclusive ? "below " : "")}{Show(range.Maximum)}";
    }

    static bool IsNumber(object? value) => value is int or long or float or double;

    static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    static string Show(object? value) =>
        value is string text ? $"\"{text}\"" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "none";
}

using System.Globalization;
using Tomlyn;

namespace Rils.Configuration;

/// <summary>A string, whole number, number, boolean or date.</summary>
/// <param name="span">The place of the value.</param>
/// <param name="value">A <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or
/// <see cref="TomlDateTime"/>.</param>
public sealed class ScalarNode(SourceSpan span, object value) : TomlNode(span)
{
    /// <summary>A <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or
    /// <see cref="TomlDateTime"/>. The options binder makes relative paths absolute here, so that the resolved file
    /// means the same in another folder.</summary>
    public object Value { get; internal set; } = value;

    /// <inheritdoc/>
    public override ScalarNode Copy() => new(Span, Value);

    /// <inheritdoc/>
    public override bool SameAs(TomlNode other) =>
        other is ScalarNode scalar
        && (Value is TomlDateTime && scalar.Value is TomlDateTime
            ? Value.ToString() == scalar.Value.ToString()
            : Value.Equals(scalar.Value));

    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        string => $"the string {Text}",
        long => $"the whole number {Text}",
        double => $"the number {Text}",
        bool => Text,
        _ => $"the date {Text}",
    };

    /// <summary>The value as TOML writes it; strings beyond 60 characters are cut.</summary>
    internal string Text => Value is string { Length: > 60 } text ? Quoted($"{text[..60]}...") : Whole;

    /// <inheritdoc/>
    internal override string Whole => Value switch
    {
        string text => Quoted(text),
        double number => TextOf(number),
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString()!,
    };

    static string Quoted(string text) => $"\"{text.ReplaceLineEndings("\\n")}\"";

    static string TextOf(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}

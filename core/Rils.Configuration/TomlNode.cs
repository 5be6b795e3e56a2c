namespace Rils.Configuration;

/// <summary>A value of an experiment file, with its place.</summary>
public abstract class TomlNode(SourceSpan span)
{
    /// <summary>The place of the value.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>Makes a deep copy with the same places.</summary>
    public abstract TomlNode Copy();

    /// <summary>Whether two values are equal, whatever their places. The order of a table's keys does not
    /// count.</summary>
    public abstract bool SameAs(TomlNode other);

    /// <summary>The value as TOML writes it, uncut and in one line, for comparisons and names.</summary>
    internal abstract string Whole { get; }

    /// <summary>Whether the value is the string <c>none</c>, which drops a table.</summary>
    public bool IsNone => this is ScalarNode { Value: "none" };

    /// <summary>The value in a message: <c>the string "high"</c>, <c>the whole number 3</c>, <c>a table</c>.</summary>
    public abstract override string ToString();
}

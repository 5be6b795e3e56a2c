namespace Rils.Configuration;

/// <summary>A value of an experiment file that knows where it was written.</summary>
public abstract class TomlNode(SourceSpan span)
{
    /// <summary>Where it was written.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>A deep copy with the same spans.</summary>
    public abstract TomlNode Copy();

    /// <summary>Whether the values are equal, wherever they were written. The order of a table's keys does not count.</summary>
    public abstract bool SameAs(TomlNode other);

    /// <summary>Whether it is the string <c>none</c>, which drops a table.</summary>
    public bool IsNone => this is ScalarNode { Value: "none" };

    /// <summary>What it is, for a message: <c>the string "high"</c>, <c>the integer 3</c>, <c>a table</c>.</summary>
    public abstract override string ToString();
}

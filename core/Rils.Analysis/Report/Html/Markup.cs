namespace Rils.Analysis.Report.Html;

/// <summary>HTML that is safe to write as it is: literals of this assembly, whose holes are filled with escaped
/// text.</summary>
readonly record struct Markup(string Html)
{
    /// <summary>Empty markup.</summary>
    public static Markup None { get; } = new("");

    /// <summary>Escapes every hole of an interpolated string that is not markup itself.</summary>
    public static Markup Of(MarkupHandler handler) => new(handler.Finish());

    /// <summary>Joins parts, one after the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Html)));

    public override string ToString() => Html;
}

namespace Rils.Analysis.Report.Html;

/// <summary>HTML that is safe to write as it is: it is made from literals, and whatever fills their holes is escaped.</summary>
readonly record struct Markup(string Html)
{
    /// <summary>Nothing.</summary>
    public static Markup None { get; } = new("");

    /// <summary>Escapes every hole of an interpolated string that is not markup itself.</summary>
    public static Markup Of(MarkupHandler handler) => new(handler.Finish());

    /// <summary>One after the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Html)));

    public override string ToString() => Html;
}

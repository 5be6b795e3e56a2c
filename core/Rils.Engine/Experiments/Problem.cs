using Rils.Engine.Files;

namespace Rils.Engine.Experiments;

/// <summary>One mistake of an experiment, in words for the user.</summary>
public sealed record Problem(SourceSpan At, string Message)
{
    /// <summary><c>file:line:column: message</c>, on one line whatever names the file holds.</summary>
    public override string ToString() => Printable.Line($"{At}: {Message}");
}

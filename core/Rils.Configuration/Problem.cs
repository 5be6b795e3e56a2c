using Rils.Files;

namespace Rils.Configuration;

/// <summary>One mistake of an experiment, in words for the user.</summary>
/// <param name="At">The place of the mistake.</param>
/// <param name="Message">The mistake and the fix; for a very long message its beginning and its end.</param>
public sealed record Problem(SourceSpan At, string Message)
{
    /// <inheritdoc cref="Problem(SourceSpan, string)"/>
    public string Message { get; } = LongText.Cut(Message);

    /// <summary>Writes <c>file:line:column: message</c> on one line, even where names in the file hold line
    /// breaks.</summary>
    public override string ToString() => Printable.Line($"{At}: {Message}");
}

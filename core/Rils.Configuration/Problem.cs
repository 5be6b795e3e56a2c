using Rils.Files;

namespace Rils.Configuration;

/// <summary>One mistake of an experiment, in words for the user.</summary>
/// <param name="At">Where it was made.</param>
/// <param name="Message">What is wrong and how to mend it; of a very long one, beginning and end.</param>
public sealed record Problem(SourceSpan At, string Message)
{
    /// <inheritdoc cref="Problem(SourceSpan, string)"/>
    public string Message { get; } = LongText.Cut(Message);

    /// <summary><c>file:line:column: message</c>, on one line whatever names the file holds.</summary>
    public override string ToString() => Printable.Line($"{At}: {Message}");
}

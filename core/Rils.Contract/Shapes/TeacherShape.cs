namespace Rils.Contract;

/// <summary>The size of an arm's <c>[teacher]</c>, which other parts need before its weights exist; a <c>Setup</c>
/// system of the teacher makes it. An arm without a teacher has none: its own full pass is the teacher.</summary>
/// <param name="Width">Width of a token of <see cref="TeacherTokens"/>, in numbers; at least 1.</param>
public sealed record TeacherShape(int Width);

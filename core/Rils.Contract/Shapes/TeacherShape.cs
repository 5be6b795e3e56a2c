namespace Rils.Contract;

/// <summary>What other parts must know of an arm's <c>[teacher]</c> before there are weights; absent where the arm has none, and its own full pass is the
/// teacher.</summary>
/// <param name="Width">Width of a token of <see cref="TeacherTokens"/>.</param>
public sealed record TeacherShape(int Width);

using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The <see cref="TeacherTokens"/> of an arm's <c>[teacher]</c>, projected by the teacher into the space that
/// it shares with sentences.</summary>
/// <param name="Values">Floating point, <c>[batch, prefix + patches, dimensions]</c>, the patches last, not
/// normalised, without gradient.</param>
/// <param name="Prefix">The number of the teacher's tokens before the patches.</param>
public sealed record TeacherVectors(Tensor Values, int Prefix);

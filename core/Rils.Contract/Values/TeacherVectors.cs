using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The <see cref="TeacherTokens"/> of an arm's <c>[teacher]</c>, projected by the teacher into the space that
/// it shares with sentences.</summary>
/// <param name="Values">Floating point, <c>[batch, 1 + patches, dimensions]</c>, the class token first, not normalised,
/// without gradient.</param>
public sealed record TeacherVectors(Tensor Values);

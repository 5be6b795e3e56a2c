using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary><see cref="TeacherTokens"/> of an arm's <c>[teacher]</c> in the space that it shares with sentences, by a projection of its own.</summary>
/// <param name="Values"><c>[batch, 1 + patches, dimensions]</c>, the class token first, not normalised; no gradient.</param>
public sealed record TeacherVectors(Tensor Values);

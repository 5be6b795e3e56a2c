using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The teacher's tokens of whole images: those of the arm's <c>[teacher]</c>, or its own full pass where it has none.</summary>
/// <param name="Tokens"><c>[batch, 1 + patches, teacher width]</c>, the class token first; the patches are those of the arm's backbone. No gradient.</param>
public sealed record TeacherTokens(Tensor Tokens);

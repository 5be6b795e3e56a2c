using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The teacher's tokens of whole images: the tokens of the arm's <c>[teacher]</c>, or those of the arm's own
/// full pass where it has no teacher.</summary>
/// <param name="Tokens">Floating point, <c>[batch, prefix + patches, teacher width]</c>, the patches last, without
/// gradient. There are as many patches as the arm's backbone has.</param>
/// <param name="Prefix">The number of the teacher's tokens before the patches.</param>
public sealed record TeacherTokens(Tensor Tokens, int Prefix);

using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>The full pass of a teacher with weights of its own.</summary>
/// <param name="Values"><c>[batch, 1 + patches, dimensions]</c>, the class token first; no gradient.</param>
sealed record TeacherVectors(Tensor Values);

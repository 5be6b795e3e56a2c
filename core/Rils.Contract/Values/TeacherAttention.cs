using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The patches that the class token attends to in the last layer of the teacher: the arm's <c>[teacher]</c>,
/// or the arm's own backbone where there is no teacher. A pass of its own makes the value, only in arms where a system
/// reads it.</summary>
/// <param name="Weights">The class token's row of softmax(q kᵀ / √size) without the columns before the patches: fp32
/// <c>[batch, heads, patches]</c>, each at least 0, with a sum of at most 1, without gradient.</param>
public sealed record TeacherAttention(Tensor Weights);

namespace Rils.Contract;

/// <summary>Says that the flat gradients of <see cref="Weights"/> are complete; a system that clips or scales them updates this.</summary>
public sealed record Gradients(Weights Of);

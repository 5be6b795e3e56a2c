namespace Rils.Contract;

/// <summary>Says that the flat gradients of <see cref="Weights"/> are complete. A system that clips or scales gradients
/// updates this value, so that the optimizer runs after it.</summary>
/// <param name="Of">The arm's weights; <see cref="ParameterGroup.Gradient"/> of each group holds the gradients.</param>
public sealed record Gradients(Weights Of);

namespace Rils.Contract;

/// <summary>The sizes of the two sides that a shared space joins.</summary>
/// <param name="Backbone">The image side.</param>
/// <param name="Text">The text side; null for an arm without text.</param>
public sealed record SpaceContext(BackboneShape Backbone, TextShape? Text);

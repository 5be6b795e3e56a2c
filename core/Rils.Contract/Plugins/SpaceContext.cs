namespace Rils.Contract;

/// <summary>What a shared space joins.</summary>
/// <param name="Backbone">The image side.</param>
/// <param name="Text">The text side; null for an arm without text.</param>
public sealed record SpaceContext(BackboneShape Backbone, TextShape? Text);

namespace Rils.Runs.Gallery;

/// <summary>A line of the legend of an image.</summary>
/// <param name="Text">In words.</param>
/// <param name="Colour">As <c>#rrggbb</c>; null where it explains none.</param>
public sealed record GalleryLegend(string Text, string? Colour);

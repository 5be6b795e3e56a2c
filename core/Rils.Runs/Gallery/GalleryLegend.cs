namespace Rils.Runs.Gallery;

/// <summary>A line of the legend of an image.</summary>
/// <param name="Text">The text of the line.</param>
/// <param name="Colour">The colour that the line explains, as <c>#rrggbb</c>; null where it explains none.</param>
public sealed record GalleryLegend(string Text, string? Colour);

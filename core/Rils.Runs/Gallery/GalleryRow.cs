namespace Rils.Runs.Gallery;

/// <summary>One image of a gallery.</summary>
/// <param name="Image">Its number in the batch.</param>
/// <param name="Caption">Null where the sample has none.</param>
/// <param name="Files">A PNG file for each column.</param>
/// <param name="Legend">Of all its pictures.</param>
public sealed record GalleryRow(long Image, string? Caption, IReadOnlyList<string> Files, IReadOnlyList<GalleryLegend> Legend);

namespace Rils.Runs.Gallery;

/// <summary>One image of a gallery.</summary>
/// <param name="Image">The image's number in the batch.</param>
/// <param name="Caption">The image's caption; null where the sample has none.</param>
/// <param name="Files">The name of a PNG file for each column.</param>
/// <param name="Legend">The legend of all pictures of the image.</param>
public sealed record GalleryRow(
    long Image, string? Caption, IReadOnlyList<string> Files, IReadOnlyList<GalleryLegend> Legend);

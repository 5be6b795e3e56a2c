namespace Rils.Runs.Gallery;

/// <summary>A kind of picture that a gallery shows of each of its images.</summary>
/// <param name="Title">The title above the pictures.</param>
/// <param name="About">A sentence on what the pictures show.</param>
public sealed record GalleryColumn(string Title, string About);

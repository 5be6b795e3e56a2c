namespace Rils.Runs.Gallery;

/// <summary>What a gallery shows of each of its images.</summary>
/// <param name="Title">Above the pictures.</param>
/// <param name="About">What is seen.</param>
public sealed record GalleryColumn(string Title, string About);

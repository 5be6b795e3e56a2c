namespace Rils.Contract;

/// <summary>Facts that are settled before any data is opened: for tokenizers and augmentations.</summary>
/// <param name="ImageSize">Side of the square images that the models get, in pixels.</param>
public sealed record DataContext(int ImageSize);

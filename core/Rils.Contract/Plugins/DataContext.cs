namespace Rils.Contract;

/// <summary>What is settled before any data is opened.</summary>
/// <param name="ImageSize">Side of the square images that the models see, in pixels.</param>
public sealed record DataContext(int ImageSize);

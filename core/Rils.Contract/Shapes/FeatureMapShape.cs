namespace Rils.Contract;

/// <summary>The size of one map of <see cref="IFeatureMaps"/>. Both are at least 1.</summary>
/// <param name="Width">Width of a feature, in numbers.</param>
/// <param name="Stride">The pixels of the image from one feature to the next, in both directions.</param>
public sealed record FeatureMapShape(int Width, int Stride);

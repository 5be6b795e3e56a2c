using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>The content of one place of a batch, beside its pixels.</summary>
/// <param name="Sample">The sample, without its image bytes.</param>
/// <param name="Image">The part of the image that the pixels show.</param>
/// <param name="Views">The part that each view shows; empty where there are no views.</param>
readonly record struct LoadedPlace(Sample Sample, ImageCrop Image, IReadOnlyList<ImageCrop> Views);

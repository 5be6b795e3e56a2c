using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>The content of one place of a batch, beside its pixels.</summary>
/// <param name="Sample">The sample, without its image bytes.</param>
/// <param name="Image">The part of the image that the pixels show.</param>
/// <param name="First">The part that the first view shows; unset where there are no views.</param>
/// <param name="Second">The part that the second view shows.</param>
readonly record struct LoadedPlace(Sample Sample, ImageCrop Image, ImageCrop First, ImageCrop Second);

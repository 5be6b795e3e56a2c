using System.ComponentModel;

namespace Rils.Contract;

/// <summary>A component of a sample: the objects in the image, each with its box.</summary>
/// <param name="All">The boxes; may be empty.</param>
[DisplayName("list of boxes")]
public sealed record Boxes(IReadOnlyList<LabelledBox> All);

/// <summary>An object's box in an image, in pixels of the image as it is shown (after EXIF rotation).</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
/// <param name="Label">The object's class number, from 0.</param>
public sealed record LabelledBox(double Left, double Top, double Width, double Height, int Label);

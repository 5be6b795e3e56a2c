using System.ComponentModel;

namespace Rils.Contract;

/// <summary>A component of a sample: a class for each pixel.</summary>
/// <param name="Encoded">The bytes of an image file whose grey values, or palette indices, are class numbers.</param>
[DisplayName("label map")]
public sealed record LabelMap(ReadOnlyMemory<byte> Encoded);

using System.ComponentModel;

namespace Rils.Contract;

/// <summary>A component of a sample: a mask for each object, in the order of <see cref="Boxes"/>.</summary>
/// <param name="Encoded">The bytes of an image file for each object, 0 where the object is not.</param>
[DisplayName("list of masks")]
public sealed record Masks(IReadOnlyList<ReadOnlyMemory<byte>> Encoded);

namespace Rils.Sources;

/// <summary>A run of bytes in a file.</summary>
/// <param name="Offset">The first byte, from 0.</param>
/// <param name="Length">The number of bytes.</param>
public readonly record struct Slice(long Offset, long Length);

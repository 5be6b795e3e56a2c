namespace Rils.Abstractions;

/// <summary>One image with what is known of it.</summary>
/// <param name="Key">Unique within the source and stable: randomness and error messages refer to it.</param>
/// <param name="Image">The bytes of the image file.</param>
/// <param name="Caption">Its text; null where the data has none.</param>
/// <param name="Class">Its class number; null where the data has none.</param>
public sealed record Sample(string Key, ReadOnlyMemory<byte> Image, string? Caption, int? Class);

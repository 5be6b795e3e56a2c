namespace Rils.Analysis.Datasets;

/// <summary>A sample on a contact sheet.</summary>
/// <param name="Key">The sample's key.</param>
/// <param name="Png">The picture, a PNG file.</param>
/// <param name="Lines">The captions and the class.</param>
public sealed record DataPicture(string Key, ReadOnlyMemory<byte> Png, IReadOnlyList<string> Lines);

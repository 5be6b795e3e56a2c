namespace Rils.Engine.Datasets.Inspection;

/// <summary>A small picture of a sample: the centre of its image, as models see it in evaluations.</summary>
/// <param name="Key">The sample's key.</param>
/// <param name="Png">A PNG file.</param>
/// <param name="Captions">The captions; may be empty.</param>
/// <param name="Class">The class: its name, else its number; null without one.</param>
public sealed record Thumbnail(string Key, ReadOnlyMemory<byte> Png, IReadOnlyList<string> Captions, string? Class);

namespace Rils.Engine.Datasets.Inspection;

/// <summary>Samples with the same image, or with the same caption.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Text">The caption; null for images.</param>
/// <param name="Keys">The keys of the first of them.</param>
public sealed record Repetition(int Count, string? Text, IReadOnlyList<string> Keys);

namespace Rils.Engine.Datasets;

/// <summary>A sample that was read.</summary>
/// <param name="Index">The sample's number in its source.</param>
/// <param name="Value">The part of the sample that the reader took; null for a bad one.</param>
/// <param name="Fault">Why the sample is bad, with its key; null for a usable one.</param>
sealed record Scanned<T>(int Index, T? Value, string? Fault) where T : class;

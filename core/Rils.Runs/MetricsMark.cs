namespace Rils.Runs;

/// <summary>A place in <c>metrics.jsonl</c> and the hash of the bytes before it.</summary>
/// <param name="Length">The number of bytes before the place.</param>
/// <param name="Sha256">The hash of these bytes.</param>
sealed record MetricsMark(long Length, string Sha256);

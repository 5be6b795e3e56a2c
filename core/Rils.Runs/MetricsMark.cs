namespace Rils.Runs;

/// <summary>A place in <c>metrics.jsonl</c>, and all before it.</summary>
/// <param name="Length">Bytes before it.</param>
/// <param name="Sha256">Of these.</param>
sealed record MetricsMark(long Length, string Sha256);

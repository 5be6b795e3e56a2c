namespace Rils.Abstractions;

/// <summary>What a head found.</summary>
/// <param name="Metrics">By name as it is written to <c>results.json</c>: <c>top1</c>, <c>image_to_text_r10</c>. Rates are from 0 to 1. A name with one of the
/// words <c>chance</c>, <c>majority</c>, <c>samples</c>, <c>gallery</c> is what the others are read against; it is shown once, not as a figure of each arm.</param>
public sealed record HeadResult(IReadOnlyDictionary<string, double> Metrics);

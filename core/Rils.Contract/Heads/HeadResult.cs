namespace Rils.Contract;

/// <summary>What a head found.</summary>
/// <param name="Metrics">By name as it is written to <c>results.json</c>: <c>top1</c>, <c>image_to_text_r10</c>. Rates are from 0 to 1. A name with one of the
/// words <c>chance</c>, <c>majority</c>, <c>samples</c>, <c>gallery</c> is what the others are read against; it is shown once, not as a figure of each arm.</param>
public sealed record HeadResult(IReadOnlyDictionary<string, double> Metrics)
{
    static readonly string[] ReferenceWords = ["chance", "majority", "samples", "gallery"];

    /// <summary>The metrics that are means over samples, sample by sample; a part for each kind of samples (images, captions). Kept of the last evaluation.
    /// Without it arms are compared over seeds only.</summary>
    public IReadOnlyList<SampleOutcomes> Samples { get; init; } = [];

    /// <summary>Whether a metric says nothing of the model, by its name: <c>image_to_text_chance_r10</c>, <c>samples</c>.</summary>
    public static bool IsReference(string metric) => metric.Split('_').Any(ReferenceWords.Contains);
}

namespace Rils.Contract;

/// <summary>The metrics that a head computed for one arm.</summary>
/// <param name="Metrics">The metrics by their names in the results: <c>top1</c>, <c>image_to_text_r10</c>.</param>
public sealed record HeadResult(IReadOnlyDictionary<string, HeadMetric> Metrics)
{
    /// <summary>The metrics over the samples, an entry for each kind of sample (images, captions). The run folder keeps
    /// the entries of the last evaluation. Where the list is empty, arms can be compared over seeds only.</summary>
    public IReadOnlyList<SampleOutcomes> Samples { get; init; } = [];
}

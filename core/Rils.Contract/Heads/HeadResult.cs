namespace Rils.Contract;

/// <summary>The metrics that a head computed for one arm.</summary>
/// <param name="Metrics">The metrics by their names in the results: <c>top1</c>, <c>image_to_text_r10</c>.
/// Rates are from 0 to 1. A name with one of the words <c>chance</c>, <c>majority</c>, <c>samples</c>, <c>gallery</c>
/// between underscores is a reference to compare the others with; a report shows it once, not for each arm.</param>
public sealed record HeadResult(IReadOnlyDictionary<string, double> Metrics)
{
    static readonly string[] ReferenceWords = ["chance", "majority", "samples", "gallery"];

    /// <summary>The outcomes sample by sample, for metrics that are means over samples: an entry for each kind of
    /// sample (images, captions). The run folder keeps those of the last evaluation. Where it is empty, arms can be
    /// compared over seeds only.</summary>
    public IReadOnlyList<SampleOutcomes> Samples { get; init; } = [];

    /// <summary>Whether a metric is a reference that says nothing about the model, judged by its name:
    /// <c>image_to_text_chance_r10</c>, <c>samples</c>.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <returns>True where a word of the name, between underscores, is one of those that <see cref="Metrics"/>
    /// lists.</returns>
    public static bool IsReference(string metric) => metric.Split('_').Any(ReferenceWords.Contains);
}

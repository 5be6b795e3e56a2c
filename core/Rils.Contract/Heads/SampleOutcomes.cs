namespace Rils.Contract;

/// <summary>A head's outcomes over samples, so that arms can be compared over the samples that both judged.</summary>
/// <param name="Keys">The samples' keys, each once. A sample need not be an image: a caption may have the key of the
/// first image with that caption. The keys must follow from the data alone, so that every arm has the same.</param>
/// <param name="Metrics">For metrics that are means over the samples. By the name of a metric of
/// <see cref="HeadResult.Metrics"/>: a finite number for each key, in the order of <paramref name="Keys"/>; their mean
/// is the metric. Right is 1 and wrong is 0.</param>
public sealed record SampleOutcomes(
    IReadOnlyList<string> Keys, IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics)
{
    /// <summary>For metrics that are no means over the samples, such as mIoU, average precision or a mean over classes.
    /// By the name of a metric of <see cref="HeadResult.Metrics"/>: what <see cref="Resampling.Of"/> gives for
    /// <see cref="Keys"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Replicates { get; init; } =
        new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>The number of each sample's cluster, in the order of <see cref="Keys"/>: samples that are connected,
    /// such as the captions of one image, vary together, and a comparison draws whole clusters. The numbers must follow
    /// from the data alone. Null where each sample stands for itself.</summary>
    public IReadOnlyList<int>? Clusters { get; init; }
}

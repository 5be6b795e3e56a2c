using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>The k most similar training images vote for a class, each with the weight exp(cosine / temperature) (Wu et
/// al. 2018; Caron et al. 2021).</summary>
sealed class KnnHead(KnnOptions options, HeadContext context) : ProbeHead(options.Train, options.Layer, context)
{
    /// <inheritdoc/>
    protected override (long[] Ranks, IReadOnlyDictionary<string, HeadMetric> Further) Judge(
        Labelled training, Labelled validation, ClassList classes)
    {
        var neighbours = Neighbours.Of(
            Unit(validation.Features), Unit(training.Features), Math.Min(options.K, training.Keys.Count));
        var votes = Votes.Of(neighbours, classes.PlacesOf(training.Classes), classes.Count, options.Temperature);
        var ranks = ClassRanks.Of(votes, classes.PlacesOf(validation.Classes), classes.Count);
        return (ranks, new Dictionary<string, HeadMetric>());
    }

    static Tensor Unit(Tensor features) => nn.functional.normalize(features, dim: -1);
}

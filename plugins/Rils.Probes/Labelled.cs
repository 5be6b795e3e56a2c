using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>Features of samples whose class is known.</summary>
/// <param name="Features">fp64 <c>[samples, width]</c>, so that the rounding of sums over samples or dimensions changes
/// no rank.</param>
/// <param name="Classes">The class number of each sample.</param>
/// <param name="Keys">The key of each sample.</param>
sealed record Labelled(Tensor Features, IReadOnlyList<int> Classes, IReadOnlyList<string> Keys)
{
    /// <summary>Picks the samples at some places, in the order of the places.</summary>
    public Labelled At(IReadOnlyList<int> places) => new(
        Features.index_select(0, tensor(places.Select(place => (long)place).ToArray(), device: Features.device)),
        [.. places.Select(place => Classes[place])], [.. places.Select(place => Keys[place])]);
}

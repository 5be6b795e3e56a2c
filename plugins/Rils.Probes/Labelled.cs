using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>Features of samples whose class is known.</summary>
/// <param name="Features">fp64 <c>[samples, width]</c>: sums over samples or dimensions lose nothing that shows in a rank.</param>
/// <param name="Classes">The class number of each.</param>
/// <param name="Keys">The key of each.</param>
sealed record Labelled(Tensor Features, IReadOnlyList<int> Classes, IReadOnlyList<string> Keys)
{
    /// <summary>The samples at some places, in that order.</summary>
    public Labelled At(IReadOnlyList<int> places) => new(
        Features.index_select(0, tensor(places.Select(place => (long)place).ToArray(), device: Features.device)),
        [.. places.Select(place => Classes[place])], [.. places.Select(place => Keys[place])]);
}

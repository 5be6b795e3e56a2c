using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Lets an arm's modules compute with the average of its weights. Disposing gives the modules the exact bytes
/// back that they had, rounded copies and buffers too.</summary>
sealed class AveragedWeights : IDisposable
{
    readonly (Tensor Own, Tensor Kept)[] kept;

    /// <param name="own">The arm's weights.</param>
    /// <param name="average">The average, in groups of the same layout.</param>
    public AveragedWeights(Weights own, Weights average)
    {
        var rounded = own.Groups.Select(group => group.Bf16).OfType<Tensor>();
        kept = [.. own.Groups.Select(group => group.Values).Concat(rounded).Concat(own.Buffers.Values)
            .Select(tensor => (tensor, tensor.clone()))];
        foreach (var (group, averaged) in own.Groups.Zip(average.Groups)) group.Values.copy_(averaged.Values);
        foreach (var (name, buffer) in own.Buffers) buffer.copy_(average.Buffers[name]);
        own.CastToBf16();
    }

    public void Dispose()
    {
        foreach (var (own, tensor) in kept)
        {
            own.copy_(tensor);
            tensor.Dispose();
        }
    }
}

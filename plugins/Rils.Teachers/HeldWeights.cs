using static TorchSharp.torch;

namespace Rils.Teachers;

/// <summary>The weights of one part of a teacher: State.</summary>
/// <param name="Values">The weights, under the names that they have in the module.</param>
/// <param name="Average">Makes the weights follow the arm's; null where they do not change, so that no checkpoint needs
/// to hold them.</param>
abstract record HeldWeights(Weights Values, MovingAverage? Average) : ICheckpointed
{
    IReadOnlyDictionary<string, Tensor> ICheckpointed.Tensors =>
        Average is null ? new Dictionary<string, Tensor>() : Values.Tensors().ToDictionary();

    /// <inheritdoc/>
    public long Bytes => Values.Bytes;

    /// <summary>Rounds the weights before a pass: a checkpoint may have restored weights that follow the
    /// arm's.</summary>
    public void CastToBf16()
    {
        if (Average is not null) Values.CastToBf16();
    }

    public void Dispose()
    {
        Average?.Dispose();
        Values.Dispose();
    }
}

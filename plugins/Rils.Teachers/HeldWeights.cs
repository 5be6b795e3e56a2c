using static TorchSharp.torch;

namespace Rils.Teachers;

/// <summary>Weights of a part of a teacher: State.</summary>
/// <param name="Values">By the names that they have in the module.</param>
/// <param name="Average">What makes them follow the arm's; null where they stay as they are, so that no checkpoint needs to hold them.</param>
abstract record HeldWeights(Weights Values, MovingAverage? Average) : ICheckpointed
{
    IReadOnlyDictionary<string, Tensor> ICheckpointed.Tensors =>
        Average is null ? new Dictionary<string, Tensor>() : Values.Tensors().ToDictionary();

    /// <inheritdoc/>
    public long Bytes => Values.Bytes;

    /// <summary>Before a pass: a checkpoint may have come back into those that follow.</summary>
    public void Round()
    {
        if (Average is not null) Values.Round();
    }

    public void Dispose()
    {
        Average?.Dispose();
        Values.Dispose();
    }
}

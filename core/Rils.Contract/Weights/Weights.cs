using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>All parameters of an arm; the arm's modules are views of them.</summary>
/// <remarks>Under <c>precision = "bf16"</c> the modules compute with bf16 copies of their parameters. Scalars, and the
/// parameters of TorchSharp's embeddings and (but on CUDA) norms, have no such copy and stay fp32. The gradients and
/// the saved parameters are fp32.</remarks>
/// <param name="Groups">The flat buffers of the parameters that are trained.</param>
/// <param name="Parameters">Every parameter by its full name: fp32, in the parameter's shape, a view of its group's
/// <see cref="ParameterGroup.Values"/>. Its <c>grad</c> is a view of <see cref="ParameterGroup.Gradient"/>; null where
/// the parameter is not trained.</param>
/// <param name="Buffers">The modules' other tensors by their full names: position tables, which never change, and the
/// running statistics of batch norms, which passes in training change. Checkpoints and saved models hold them.</param>
public sealed record Weights(
    IReadOnlyList<ParameterGroup> Groups,
    IReadOnlyDictionary<string, Tensor> Parameters,
    IReadOnlyDictionary<string, Tensor> Buffers) : ICheckpointed
{
    /// <summary>The flat buffers of the parameters that are not trained, which no optimizer gets; null where every
    /// parameter is trained.</summary>
    public ParameterGroup? Frozen { get; init; }

    /// <summary>The modules whose parameters these are.</summary>
    internal IReadOnlyList<Trainable> Parts { get; init; } = [];

    IReadOnlyDictionary<string, Tensor> ICheckpointed.Tensors => Tensors().ToDictionary();

    /// <inheritdoc/>
    public long Bytes => All.SelectMany(group => (Tensor?[])[group.Values, group.Gradient, group.Bf16])
        .OfType<Tensor>().Concat(Buffers.Values)
        .Sum(tensor => tensor.numel() * tensor.dtype.ElementSize());

    IEnumerable<ParameterGroup> All => Frozen is null ? Groups : [.. Groups, Frozen];

    /// <summary>Lists the tensors that a saved model holds.</summary>
    /// <returns>The parameters, then the buffers, by their full names.</returns>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() => Parameters.Concat(Buffers);

    /// <summary>Copies the values of all groups into the bf16 copies with which modules compute. Call this method after
    /// a change of <see cref="ParameterGroup.Values"/>; the engine calls it after the optimizer's step. Does nothing
    /// under fp32.</summary>
    public void CastToBf16()
    {
        using var constant = no_grad();
        foreach (var group in Groups) group.Bf16?.copy_(group.Values);
    }

    /// <summary>Does the same for <see cref="Frozen"/>, which no step changes: after Setup, and after a checkpoint was
    /// read.</summary>
    internal void RoundFrozen()
    {
        using var constant = no_grad();
        Frozen?.Bf16?.copy_(Frozen.Values);
    }

    /// <summary>Disposes the flat buffers, the parameters' views of them, and the modules' buffers.</summary>
    public void Dispose()
    {
        foreach (var tensor in Parameters.Values.Concat(Buffers.Values)) tensor.Dispose();
        foreach (var group in All)
        {
            group.Values.Dispose();
            group.Gradient.Dispose();
            group.Bf16?.Dispose();
        }
    }

    /// <summary>The number of values in all parameters, trained or not.</summary>
    public long Count => Parameters.Values.Sum(parameter => parameter.numel());
}

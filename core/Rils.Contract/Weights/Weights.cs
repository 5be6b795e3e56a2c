using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>All parameters of an arm. Modules are views of it.</summary>
/// <remarks>Under <c>precision = "bf16"</c> the modules compute with bf16 copies of all parameters but those of TorchSharp's norms and
/// embeddings and scalars; these, the gradients and what is saved are fp32.</remarks>
/// <param name="Groups">The flat buffers of what is trained.</param>
/// <param name="Parameters">Every parameter by its full name, a view of its group's <see cref="ParameterGroup.Values"/>; its <c>grad</c> is one of
/// <see cref="ParameterGroup.Gradient"/>, null where it is not trained.</param>
/// <param name="Buffers">The modules' other tensors, by their full names: position tables, which stay, and the running
/// statistics of batch norms, which move in training passes. Checkpoints and saved models hold them.</param>
public sealed record Weights(
    IReadOnlyList<ParameterGroup> Groups,
    IReadOnlyDictionary<string, Tensor> Parameters,
    IReadOnlyDictionary<string, Tensor> Buffers) : ICheckpointed
{
    /// <summary>The flat buffers of what is not trained, which no optimizer sees; null where everything is.</summary>
    public ParameterGroup? Frozen { get; init; }

    IReadOnlyDictionary<string, Tensor> ICheckpointed.Tensors => Tensors().ToDictionary();

    /// <inheritdoc/>
    public long Bytes => All.SelectMany(group => (Tensor?[])[group.Values, group.Gradient, group.Rounded]).OfType<Tensor>().Concat(Buffers.Values)
        .Sum(tensor => tensor.numel() * tensor.dtype.ElementSize());

    IEnumerable<ParameterGroup> All => Frozen is null ? Groups : [.. Groups, Frozen];

    /// <summary>What a saved model holds: parameters and buffers.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() => Parameters.Concat(Buffers);

    /// <summary>Brings what the modules compute with up to date: after the optimizer's step and every other change of the groups' values
    /// that did not go through a module. Does nothing under fp32.</summary>
    public void Round()
    {
        using var constant = no_grad();
        foreach (var group in Groups) group.Rounded?.copy_(group.Values);
    }

    /// <summary>The same for <see cref="Frozen"/>, which no step changes: after Setup and after a checkpoint was read.</summary>
    internal void RoundFrozen()
    {
        using var constant = no_grad();
        Frozen?.Rounded?.copy_(Frozen.Values);
    }

    /// <summary>Lets go of the flat buffers, and of what looks into them.</summary>
    public void Dispose()
    {
        foreach (var tensor in Parameters.Values.Concat(Buffers.Values)) tensor.Dispose();
        foreach (var group in All)
        {
            group.Values.Dispose();
            group.Gradient.Dispose();
            group.Rounded?.Dispose();
        }
    }

    /// <summary>Number of parameters, those that are not trained among them.</summary>
    public long Count => Parameters.Values.Sum(parameter => parameter.numel());
}

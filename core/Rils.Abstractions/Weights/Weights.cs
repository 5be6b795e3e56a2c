using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>All parameters of an arm. Modules are views of it.</summary>
/// <remarks>Under <c>precision = "bf16"</c> the modules compute with bf16 copies of all parameters but those of TorchSharp's norms and
/// embeddings and scalars; these, the gradients and what is saved are fp32.</remarks>
/// <param name="Groups">The flat buffers.</param>
/// <param name="Parameters">Every parameter by its full name, a view of its group's <see cref="ParameterGroup.Values"/>; its <c>grad</c> is one of
/// <see cref="ParameterGroup.Gradient"/>.</param>
/// <param name="Buffers">Fixed tensors that belong to a saved model (position tables), by their full names.</param>
public sealed record Weights(
    IReadOnlyList<ParameterGroup> Groups,
    IReadOnlyDictionary<string, Tensor> Parameters,
    IReadOnlyDictionary<string, Tensor> Buffers) : ICheckpointed
{
    IReadOnlyDictionary<string, Tensor> ICheckpointed.Tensors => Parameters;

    /// <summary>What a saved model holds: parameters and buffers.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Tensors() => Parameters.Concat(Buffers);

    /// <summary>Brings what the modules compute with up to date: after the optimizer's step and every other change of the groups' values
    /// that did not go through a module. Does nothing under fp32.</summary>
    public void Round()
    {
        using var constant = no_grad();
        foreach (var group in Groups) group.Rounded?.copy_(group.Values);
    }

    /// <summary>Lets go of the flat buffers, and of what looks into them.</summary>
    public void Dispose()
    {
        foreach (var tensor in Parameters.Values.Concat(Buffers.Values)) tensor.Dispose();
        foreach (var group in Groups)
        {
            group.Values.Dispose();
            group.Gradient.Dispose();
            group.Rounded?.Dispose();
        }
    }

    /// <summary>Number of parameters.</summary>
    public long Count => Parameters.Values.Sum(parameter => parameter.numel());
}

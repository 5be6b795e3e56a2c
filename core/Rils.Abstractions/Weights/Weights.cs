using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>All parameters of an arm. Modules are views of it.</summary>
/// <param name="Groups">The flat buffers.</param>
/// <param name="Parameters">Every parameter by its full name, a view of its group's <see cref="ParameterGroup.Values"/>.</param>
/// <param name="Buffers">Fixed tensors that belong to a saved model (position tables), by their full names.</param>
public sealed record Weights(
    IReadOnlyList<ParameterGroup> Groups,
    IReadOnlyDictionary<string, Tensor> Parameters,
    IReadOnlyDictionary<string, Tensor> Buffers) : ICheckpointed
{
    IReadOnlyDictionary<string, Tensor> ICheckpointed.Tensors => Parameters;

    /// <summary>Lets go of the flat buffers, and of what looks into them.</summary>
    public void Dispose()
    {
        foreach (var tensor in Parameters.Values.Concat(Buffers.Values).Concat(Groups.SelectMany(group => (Tensor[])[group.Values, group.Gradient]))) tensor.Dispose();
    }

    /// <summary>Number of parameters.</summary>
    public long Count => Parameters.Values.Sum(parameter => parameter.numel());
}

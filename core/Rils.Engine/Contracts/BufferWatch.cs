using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Contracts;

/// <summary>Finds buffers of modules that move in the backward pass of the first step: a block that runs again there
/// would update its statistics twice.</summary>
sealed class BufferWatch
{
    Dictionary<string, Tensor> kept = [];

    /// <summary>Copies the buffers before the backward pass; <see cref="Check"/> frees the copies.</summary>
    public void Keep(Weights weights)
    {
        Forget();
        kept = weights.Buffers.ToDictionary(buffer => buffer.Key,
            buffer => buffer.Value.clone().DetachFromDisposeScope());
    }

    /// <summary>Compares the buffers after the backward pass.</summary>
    /// <exception cref="ContractException">A buffer has moved.</exception>
    public void Check(Weights weights)
    {
        var moved = weights.Buffers.Where(buffer => kept.TryGetValue(buffer.Key, out var before)
            && !before.Equals(buffer.Value)).Select(buffer => buffer.Key).ToArray();
        Forget();
        if (moved.Length == 0) return;
        throw new ContractException($"the backward pass moved {string.Join(", ", moved)}: "
            + "a block that runs again there (ActivationCheckpoint) must change nothing, "
            + "and batch norm changes its statistics; leave that block out of it, "
            + "or take a norm of single samples (LayerNorm, GroupNorm)");
    }

    void Forget()
    {
        foreach (var tensor in kept.Values) tensor.Dispose();
        kept = [];
    }
}

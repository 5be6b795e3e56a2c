using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Contracts;

/// <summary>Sees whether modules' buffers move in the backward pass of the first step: a block that runs again there
/// has statistics, which would be taken twice.</summary>
sealed class BufferWatch
{
    Dictionary<string, Tensor> kept = [];

    /// <summary>Before the backward pass. Takes copies, until the check.</summary>
    public void Keep(Weights weights)
    {
        Forget();
        kept = weights.Buffers.ToDictionary(buffer => buffer.Key,
            buffer => buffer.Value.clone().DetachFromDisposeScope());
    }

    /// <summary>After it.</summary>
    /// <exception cref="ContractException">One has moved.</exception>
    public void Check(Weights weights)
    {
        var moved = weights.Buffers.Where(buffer => kept.TryGetValue(buffer.Key, out var before)
            && !before.Equals(buffer.Value)).Select(buffer => buffer.Key).ToArray();
        Forget();
        if (moved.Length == 0) return;
        throw new ContractException($"the backward pass moved {string.Join(", ", moved)}: a block that runs again there (Recompute) must change nothing, "
            + "and batch norm changes its statistics; leave that block out of it, or take a norm of single samples (LayerNorm, GroupNorm)");
    }

    void Forget()
    {
        foreach (var tensor in kept.Values) tensor.Dispose();
        kept = [];
    }
}

using System.Security.Cryptography;
using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Checks that an arm's optimizer changes the weights, once: in the first step with a learning rate and a
/// gradient that are not zero.</summary>
sealed class FirstUpdate
{
    /// <summary>The count of fp32 numbers that one fingerprint covers: 16 MiB.</summary>
    const long Slice = 1 << 22;

    /// <summary>Whether the check was made; later steps call the optimizer alone.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Takes the optimizer's step, and checks the step where it should change the weights.</summary>
    /// <exception cref="ContractException">The step should have changed a weight and changed none, or the optimizer's
    /// state has other tensors than before the step.</exception>
    public void Watch(IOptimizer optimizer, Weights weights, OptimizerState state, double rate)
    {
        // Device synchronisation, usually in the first step alone.
        if (rate == 0 || !weights.Groups.Any(group =>
            group.LearningRate > 0 && group.Gradient.count_nonzero().item<long>() > 0))
        {
            optimizer.Step(weights, state, rate);
            return;
        }
        IsOver = true;
        string[] names = [.. state.Tensors.Keys.Order(StringComparer.Ordinal)];
        byte[][] before = [.. Fingerprints(weights)];
        optimizer.Step(weights, state, rate);
        foreach (var (name, tensor) in state.Tensors) Held.Present(tensor, $"OptimizerState.{name}", optimizer);
        if (!names.SequenceEqual(state.Tensors.Keys.Order(StringComparer.Ordinal)))
            throw new ContractException($"OptimizerState of {Held.NameOf(optimizer)}: expected the tensors that Start "
                + $"made ({string.Join(", ", names)}), got {string.Join(", ", state.Tensors.Keys)} after a step: "
                + "a resumed run makes them by Start, and fills them from the checkpoint");
        if (Fingerprints(weights).Zip(before).All(slice => slice.First.AsSpan().SequenceEqual(slice.Second)))
            throw new ContractException($"Step of {Held.NameOf(optimizer)}: expected other weights after a step with "
                + $"the learning rate {rate} and a gradient that is not zero, got the same; "
                + "write into each group's Values, in place");
    }

    static IEnumerable<byte[]> Fingerprints(Weights weights)
    {
        foreach (var values in weights.Groups.Select(group => group.Values))
            for (var start = 0L; start < values.numel(); start += Slice)
            {
                using var slice = values.narrow(0, start, Math.Min(Slice, values.numel() - start)).cpu();
                yield return SHA256.HashData(slice.bytes);
            }
    }
}

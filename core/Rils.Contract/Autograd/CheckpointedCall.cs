using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A function that runs over parts of its inputs, and runs again in the backward pass.</summary>
/// <param name="function">The function.</param>
/// <param name="size">The number of rows in a part.</param>
/// <param name="split">The number of inputs, the first ones, that are cut into parts; with 0 the function runs once
/// over everything.</param>
/// <param name="failure">The place where the backward pass leaves an exception.</param>
sealed class CheckpointedCall(Func<Tensor[], Tensor> function, long size, int split, StrongBox<Exception?> failure)
    : DeferredCall(failure)
{
    /// <summary>Computes the output of all parts, in one buffer.</summary>
    public override Tensor Forward(Tensor[] inputs)
    {
        if (split == 0) return function(inputs);
        Tensor? all = null;
        foreach (var start in Starts(inputs))
        {
            using var scope = NewDisposeScope();
            Tensor[] own = [.. inputs.Select((input, number) => Part(input, number, start))];
            var part = Held.Rows(function(own), own[0].size(0), "a function in ActivationCheckpoint");
            all ??= empty([inputs[0].shape[0], .. part.shape[1..]], part.dtype, part.device).MoveToOuterDisposeScope();
            Part(all, 0, start).copy_(part);
        }
        return all!;
    }

    /// <summary>Computes the inputs' gradients, each in one buffer to which the parts add; null for an input that needs
    /// none.</summary>
    public override Tensor?[] Backward(IReadOnlyList<Tensor> inputs, Tensor gradient)
    {
        var gradients = inputs.Select(input => input.requires_grad ? zeros_like(input) : null).ToArray();
        foreach (var start in split == 0 ? [0] : Starts(inputs))
        {
            using var scope = NewDisposeScope();
            Tensor[] leaves = [.. inputs.Select((input, number) => Leaf(input, gradients[number], number, start))];
            var (output, anchor) = Again(leaves);
            using var _ = anchor;
            Tensor[] wanted =
                [.. leaves.Where(leaf => leaf.requires_grad), .. anchor is null ? Array.Empty<Tensor>() : [anchor]];
            if (output.requires_grad) PartGradients.Backward(output, Part(gradient, 0, start), wanted);
        }
        return gradients;
    }

    (Tensor Output, Tensor? Anchor) Again(Tensor[] leaves)
    {
        using var recorded = enable_grad();
        return DeferredNode.Anchored(() => function(leaves));
    }

    IEnumerable<long> Starts(IReadOnlyList<Tensor> inputs)
    {
        for (var start = 0L; start < inputs[0].shape[0]; start += size) yield return start;
    }

    Tensor Part(Tensor tensor, int number, long start) =>
        number < split ? tensor.narrow(0, start, Math.Min(size, tensor.shape[0] - start)) : tensor;

    Tensor Leaf(Tensor input, Tensor? gradient, int number, long start)
    {
        var leaf = Part(input.detach(), number, start);
        if (gradient is not null) leaf.requires_grad_().grad = Part(gradient, number, start);
        return leaf;
    }
}

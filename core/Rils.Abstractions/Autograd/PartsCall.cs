using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>A model's pass over a batch, its parts on one core each, forward and backward.</summary>
/// <param name="model">Holds the parameters.</param>
/// <param name="function">From a part of each input to as many rows.</param>
/// <param name="parts">How many.</param>
/// <param name="failure">Where the backward pass leaves an exception.</param>
sealed class PartsCall(PartedModel model, Func<Tensor[], Tensor> function, int parts, StrongBox<Exception?> failure) : DeferredCall(failure)
{
    readonly Tensor[][] leaves = new Tensor[parts][];
    readonly Tensor[] outputs = new Tensor[parts];
    bool isSpent;

    /// <summary>Runs the pass. With one part this is the plain call.</summary>
    /// <param name="model">Holds the parameters.</param>
    /// <param name="function">From some samples of each input to as many rows.</param>
    /// <param name="parts">How many, at most the samples.</param>
    /// <param name="inputs"><c>[samples, ...]</c>.</param>
    public static Tensor Run(PartedModel model, Func<Tensor[], Tensor> function, int parts, params Tensor[] inputs)
    {
        if (parts == 1) return Held.Rows(function(inputs), inputs[0].size(0), model.Module);
        var call = new PartsCall(model, function, parts, Recompute.Failure);
        return is_grad_enabled() ? DeferredNode.Run(call, inputs) : call.Constant(inputs);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Kept => [.. outputs, .. leaves.SelectMany(part => part ?? [])];

    /// <summary>For a backward pass: each part's graph is kept.</summary>
    public override Tensor Forward(Tensor[] inputs)
    {
        try
        {
            Cores.Run(parts, part =>
            {
                using var scope = NewDisposeScope();
                using var recorded = enable_grad();
                Tensor[] own = [.. Part(inputs, part).Select((leaf, number) => leaf.requires_grad_(inputs[number].requires_grad))];
                var output = Held.Rows(function(own), own[0].size(0), model.Module);
                scope.Detach([output, .. own]);
                (leaves[part], outputs[part]) = (own, output);
            });
            using var together = NewDisposeScope();
            return cat([.. outputs.Select(output => output.detach())]).MoveToOuterDisposeScope();
        }
        catch
        {
            foreach (var kept in Kept) kept?.Dispose();
            throw;
        }
    }

    /// <summary>Without one.</summary>
    public Tensor Constant(Tensor[] inputs)
    {
        try
        {
            Cores.Run(parts, part =>
            {
                using var constant = no_grad();
                using var scope = NewDisposeScope();
                var own = Part(inputs, part);
                outputs[part] = Held.Rows(function(own), own[0].size(0), model.Module).DetachFromDisposeScope();
            });
            return cat(outputs);
        }
        finally
        {
            foreach (var output in outputs) output?.Dispose();
        }
    }

    /// <remarks>The first part adds to the parameters' gradients itself. The others' are collected apart, to be added in order: sums that depended
    /// on which core is faster would not be the same in another run.</remarks>
    public override Tensor?[] Backward(IReadOnlyList<Tensor> inputs, Tensor gradient)
    {
        if (outputs[0].IsInvalid)
            throw new InvalidOperationException("what a pass keeps for its backward pass is gone: the dispose scope around Chunk.Encode must not end before that");
        if (isSpent) throw new InvalidOperationException("a pass through Chunk.Encode can go backward once");
        isSpent = true;
        var parameters = model.Trained();
        PartGradients[] others = [.. Enumerable.Range(1, parts - 1).Select(_ => new PartGradients(parameters))];
        try
        {
            if (model.HasPassed(function))
            {
                Cores.Run(parts, Pass);
            }
            else
            {
                // What is wrong with a model shows in its first pass: in the first part, where libtorch's errors arrive as exceptions. On
                // its core: on another thread, which has other cores to share the work with, its bits would be others.
                Cores.Run(parts, part => { if (part == 0) Pass(0); });
                Cores.Run(parts, part => { if (part > 0) Pass(part); });
                model.Passed(function);
            }
            Cores.Run(parts, core =>
            {
                using var constant = no_grad();
                for (var number = core; number < parameters.Length; number += parts) Gather(number);
            });
            return [.. inputs.Select((input, number) => input.requires_grad ? Together(number) : null)];
        }
        finally
        {
            foreach (var sum in others.SelectMany(part => part.Sums)) sum?.Dispose();
        }

        void Pass(int part)
        {
            if (!outputs[part].requires_grad) return;
            using var scope = NewDisposeScope();
            var (own, wanted) = (gradient.narrow(0, Start(gradient, part), Count(gradient, part)), leaves[part].Where(leaf => leaf.requires_grad).ToArray());
            if (part == 0) Recompute.Backward(outputs[0], own);
            else others[part - 1].Collect(outputs[part], own, wanted);
        }

        void Gather(int number)
        {
            using var scope = NewDisposeScope();
            foreach (var part in others)
                if (part.Sums[number] is { } sum) PartGradients.Add(parameters[number], sum);
        }
    }

    Tensor Together(int input)
    {
        using var scope = NewDisposeScope();
        return cat([.. leaves.Select(part => part[input].grad ?? zeros_like(part[input]))]).MoveToOuterDisposeScope();
    }

    Tensor[] Part(Tensor[] inputs, int part) => [.. inputs.Select(input => input.detach().narrow(0, Start(input, part), Count(input, part)))];

    long Start(Tensor rows, int part) => rows.shape[0] * part / parts;

    long Count(Tensor rows, int part) => Start(rows, part + 1) - Start(rows, part);
}

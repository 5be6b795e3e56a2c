using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>Trades time for memory: keeps a function's inputs and output, and runs it again in the backward pass instead of keeping all that
/// lies between (Chen et al. 2016, section 3; over the parts of a batch: Gao et al. 2021, section 3).</summary>
/// <remarks>Gradients are those of the plain call. The function must be one: the same inputs give the same output, so it draws no random
/// numbers and changes nothing that it reads. Gradients reach its inputs and the parameters that it uses; any other tensor that it captures is
/// a constant. What it captures must live until the backward pass, and parameters must not change before it.</remarks>
public static class Recompute
{
    /// <summary>Where the backward pass leaves what a function threw. A thread has its own: it waits for the pass, whichever thread that runs on.</summary>
    [ThreadStatic] static StrongBox<Exception?>? failure;

    static StrongBox<Exception?> Failure => failure ??= new();

    /// <summary>Runs a function without keeping what its backward pass needs. Where gradients are off this is the plain call.</summary>
    /// <param name="function">Gets the inputs in their order and returns a new tensor, not one of them. It runs once now and once in the
    /// backward pass.</param>
    /// <param name="inputs">Of any shapes and types.</param>
    /// <returns>What the function returns.</returns>
    public static Tensor Run(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        is_grad_enabled() ? Apply(new(function, 0, 0, Failure), inputs) : function(inputs);

    /// <summary>Runs a function that treats rows one by one over some rows at a time, so that only these rows' memory is needed, forward and
    /// backward. Where all rows fit this is the plain call.</summary>
    /// <param name="size">Rows at a time, at least 1.</param>
    /// <param name="function">Gets the rows' part of each input, then the whole inputs; returns a new tensor with as many rows.</param>
    /// <param name="rows">Inputs <c>[rows, ...]</c>, all of equally many rows.</param>
    /// <param name="whole">Inputs that every part needs as a whole.</param>
    /// <returns><c>[rows, ...]</c>.</returns>
    public static Tensor RunInParts(long size, Func<Tensor[], Tensor> function, Tensor[] rows, params Tensor[] whole)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Tensor[] inputs = [.. rows, .. whole];
        if (rows[0].shape[0] <= size) return function(inputs);
        var call = new RecomputeCall(function, size, rows.Length, Failure);
        return is_grad_enabled() ? Apply(call, inputs) : call.Forward(inputs);
    }

    /// <summary>As <c>output.backward()</c>, but where a function fails when it is run again (memory is short, say) its own exception is
    /// thrown; <c>output.backward()</c> would speak of an invalid gradient.</summary>
    /// <param name="output">Where to start: a scalar, or any tensor together with a gradient.</param>
    /// <param name="gradient">Of the output's shape; none for a scalar.</param>
    public static void Backward(Tensor output, Tensor? gradient = null)
    {
        var here = Failure;
        here.Value = null;
        try
        {
            output.backward(gradient is null ? null : [gradient]);
        }
        catch (Exception) when (here.Value is not null)
        {
            ExceptionDispatchInfo.Throw(here.Value);
        }
    }

    static Tensor Apply(RecomputeCall call, Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        // Autograd runs a node backward only if one of its inputs needs a gradient, and parameters are none of its inputs.
        var anchor = zeros(RecomputeNode.AnchorSize, requires_grad: true);
        return RecomputeNode.apply([call, anchor, .. inputs]).MoveToOuterDisposeScope();
    }
}

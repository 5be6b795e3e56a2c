using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>Trades time for memory: keeps a function's inputs and output, and runs it again in the backward pass instead of keeping all that
/// lies between (Chen et al. 2016, section 3; over the chunks of a batch: Gao et al. 2021, section 3).</summary>
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
    public static Tensor Run(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        if (!is_grad_enabled()) return function(inputs);
        using var scope = NewDisposeScope();
        // Autograd runs a node backward only if one of its inputs needs a gradient, and parameters are none of its inputs.
        using var anchor = zeros(RecomputeNode.AnchorSize, requires_grad: true);
        return RecomputeNode.apply([new RecomputeCall(function, inputs.Length, Failure), anchor, .. inputs]).MoveToOuterDisposeScope();
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
}

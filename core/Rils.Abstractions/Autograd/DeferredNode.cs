using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>A node in autograd's graph. Its arguments: the <see cref="DeferredCall"/>, the anchor, then the function's inputs.</summary>
sealed class DeferredNode : autograd.SingleTensorFunction<DeferredNode>
{
    /// <summary>Numbers in the anchor. Not 1, so that a gradient of another size cannot be summed to fit.</summary>
    const long AnchorSize = 2;

    const string Call = "call";

    /// <summary>What the last backward call on this thread returned. Native code has taken it over by the next, which frees our handles.</summary>
    [ThreadStatic] static Tensor?[]? returned;

    /// <summary>Calls, and puts what it returns into autograd's graph.</summary>
    public static Tensor Run(DeferredCall call, Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        // Autograd runs a node backward only if one of its inputs needs a gradient, and parameters are none of its inputs.
        var anchor = zeros(AnchorSize, requires_grad: true);
        var output = apply([call, anchor, .. inputs]);
        foreach (var kept in call.Kept)
        {
            scope.Attach(kept);
            scope.MoveToOuter(kept);
        }
        return output.MoveToOuterDisposeScope();
    }

    public override string Name => nameof(DeferredNode);

    public override Tensor forward(autograd.AutogradContext context, params object[] vars)
    {
        var (call, inputs) = ((DeferredCall)vars[0], vars.Skip(2).Cast<Tensor>().ToArray());
        // Zeros for a missing gradient would be made in the likeness of a tensor that is gone by then.
        context.set_materialize_grads(false);
        context.save_for_backward([.. inputs]);
        context.save_data(Call, (call, inputs.Length));
        return call.Forward(inputs);
    }

    /// <remarks>An exception that left this method would end the process, since native code is the caller. A gradient of the wrong size in
    /// its place makes autograd throw on the far side, where <see cref="Recompute.Backward"/> puts the exception back; where that could
    /// not be caught, no gradient at all.</remarks>
    public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient)
    {
        var (call, inputs) = ((DeferredCall, int))context.get_data(Call);
        try
        {
            foreach (var old in returned ?? []) old?.Dispose();
            returned = gradient.IsInvalid ? new Tensor?[inputs] : Gradients(call, context, gradient);
            return [null!, null!, .. returned.Select(one => one!)];
        }
        catch (Exception cause)
        {
            call.Failure.Value = cause;
            return [null!, Recompute.IsWatched ? null! : zeros(AnchorSize + 1), .. new Tensor[inputs]];
        }
        finally
        {
            gradient.Dispose(); // a handle of our own, which would live as long as the step
        }
    }

    static Tensor?[] Gradients(DeferredCall call, autograd.AutogradContext context, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var gradients = call.Backward(context.get_saved_variables(), gradient);
        foreach (var moved in gradients) moved?.MoveToOuterDisposeScope();
        return gradients;
    }
}

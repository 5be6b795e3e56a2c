using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A node in autograd's graph. Its arguments: the <see cref="DeferredCall"/>, the anchor, then the function's inputs.</summary>
sealed class DeferredNode : autograd.SingleTensorFunction<DeferredNode>
{
    /// <summary>Numbers in the anchor. Not 1, so that a gradient of another size cannot be summed to fit.</summary>
    const long AnchorSize = 2;

    const string Call = "call";

    /// <summary>What the last backward call on this thread returned. Native code has taken it over by the next, which frees our handles.</summary>
    [ThreadStatic] static Tensor?[]? returned;

    /// <summary>Where the nodes that this thread makes find the anchor that they share; null where each makes its
    /// own.</summary>
    [ThreadStatic] static StrongBox<Tensor?>? shared;

    /// <summary>Runs a function whose nodes share an anchor, an input that no gradient comes to. Autograd runs a node
    /// backward only on the way to an input that wants a gradient: where gradients of some tensors alone are asked
    /// for, the anchor must be among them, for the parameters get theirs inside the nodes.</summary>
    /// <returns>The output, and the anchor in no scope, or null where the function made no node.</returns>
    public static (Tensor Output, Tensor? Anchor) Anchored(Func<Tensor> function)
    {
        var outer = shared;
        var own = shared = new();
        try
        {
            return (function(), own.Value);
        }
        finally
        {
            shared = outer;
        }
    }

    /// <summary>Calls, and puts what it returns into autograd's graph.</summary>
    public static Tensor Run(DeferredCall call, Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var output = apply([call, Anchor(), .. inputs]);
        foreach (var kept in call.Kept)
        {
            scope.Attach(kept);
            scope.MoveToOuter(kept);
        }
        return output.MoveToOuterDisposeScope();
    }

    static Tensor Anchor()
    {
        if (shared is not { } box) return zeros(AnchorSize, requires_grad: true);
        return box.Value ??= zeros(AnchorSize, requires_grad: true).DetachFromDisposeScope();
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

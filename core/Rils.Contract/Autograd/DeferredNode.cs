using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A node in autograd's graph. The arguments are the <see cref="DeferredCall"/>, the anchor, then the
/// function's inputs.</summary>
sealed class DeferredNode : autograd.SingleTensorFunction<DeferredNode>
{
    /// <summary>How many numbers the anchor has. Not 1: autograd would sum a gradient of another size to fit.</summary>
    const long AnchorSize = 2;

    const string Call = "call";

    /// <summary>The gradients that the last backward call on this thread returned. By the next call native code has
    /// taken them over, and that call frees our handles.</summary>
    [ThreadStatic] static Tensor?[]? returned;

    /// <summary>Holds the anchor that the nodes made by this thread share; null where each node makes its
    /// own.</summary>
    [ThreadStatic] static StrongBox<Tensor?>? shared;

    /// <summary>Runs a function whose nodes share an anchor: an input that never gets a gradient. Autograd runs a node
    /// backward only on the way to an input that wants a gradient, and parameters get their gradients inside the nodes.
    /// So a caller that asks autograd for the gradients of certain tensors must ask for the anchor's too.</summary>
    /// <returns>The output, and the anchor in no dispose scope; null in its place where the function made no
    /// node.</returns>
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

    /// <summary>Calls the function, and puts its output into autograd's graph.</summary>
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
        // Autograd would make zeros for a missing gradient after a tensor that is disposed by then.
        context.set_materialize_grads(false);
        context.save_for_backward([.. inputs]);
        context.save_data(Call, (call, inputs.Length));
        return call.Forward(inputs);
    }

    /// <remarks>Native code calls this method, so an exception that left it would end the process. The method returns a
    /// gradient of a wrong size in place of the exception: autograd throws because of it, and
    /// <see cref="ActivationCheckpoint.Backward"/> then throws the first exception. Where autograd's exception could
    /// not be caught, the method returns no gradient.</remarks>
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
            return [null!, ActivationCheckpoint.IsWatched ? null! : zeros(AnchorSize + 1), .. new Tensor[inputs]];
        }
        finally
        {
            gradient.Dispose(); // our handle would live as long as the step
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

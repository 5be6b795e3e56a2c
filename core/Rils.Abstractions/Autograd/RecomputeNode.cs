using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>A node in autograd's graph. Its arguments: the <see cref="RecomputeCall"/>, the anchor, then the function's inputs.</summary>
sealed class RecomputeNode : autograd.SingleTensorFunction<RecomputeNode>
{
    /// <summary>Numbers in the anchor. Not 1, so that a gradient of another size cannot be summed to fit.</summary>
    public const long AnchorSize = 2;

    const string Call = "call";

    /// <summary>What the last backward call on this thread returned, null where an input has no gradient. Native code has taken it over by the
    /// next call, which frees our handles.</summary>
    [ThreadStatic] static Tensor[]? returned;

    public override string Name => nameof(Recompute);

    public override Tensor forward(autograd.AutogradContext context, params object[] vars)
    {
        var (call, inputs) = ((RecomputeCall)vars[0], vars.Skip(2).Cast<Tensor>().ToArray());
        // Zeros for a missing gradient would be made in the likeness of a tensor that is gone by then.
        context.set_materialize_grads(false);
        context.save_for_backward([.. inputs]);
        context.save_data(Call, call);
        return call.Function(inputs);
    }

    /// <remarks>An exception that left this method would end the process, since native code is the caller. A gradient of the wrong size in
    /// its place makes autograd throw on the far side, where <see cref="Recompute.Backward"/> puts the exception back.</remarks>
    public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient)
    {
        var call = (RecomputeCall)context.get_data(Call);
        try
        {
            foreach (var old in returned ?? []) old?.Dispose();
            returned = gradient.IsInvalid ? new Tensor[call.Inputs] : Gradients(call.Function, context, gradient);
            return [null!, null!, .. returned];
        }
        catch (Exception cause)
        {
            call.Failure.Value = cause;
            return [null!, zeros(AnchorSize + 1), .. new Tensor[call.Inputs]];
        }
        finally
        {
            gradient.Dispose(); // a handle of our own, which would live as long as the step
        }
    }

    static Tensor[] Gradients(Func<Tensor[], Tensor> function, autograd.AutogradContext context, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [.. context.get_saved_variables().Select(saved => saved.detach().requires_grad_(saved.requires_grad))];
        Tensor output;
        using (enable_grad()) output = function(inputs);
        if (output.requires_grad) Recompute.Backward(output, gradient);
        return [.. inputs.Select(input => input.grad?.MoveToOuterDisposeScope()!)];
    }
}

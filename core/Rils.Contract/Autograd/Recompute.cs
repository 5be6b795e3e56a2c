using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Trades time for memory: keeps a function's inputs and output, and runs it again in the backward pass instead of keeping all that
/// lies between (Chen et al. 2016, section 3; over the parts of a batch: Gao et al. 2021, section 3).</summary>
/// <remarks>Gradients are those of the plain call. The function must be one: the same inputs give the same output, so it draws no random
/// numbers and changes nothing that it reads. Gradients reach its inputs and the parameters that it uses; any other tensor that it captures is
/// a constant. What it captures must live until the backward pass, and parameters must not change before it.</remarks>
public static class Recompute
{
    /// <summary>Where the backward pass leaves what a function threw. A thread has its own: it waits for the pass, whichever thread that runs on.</summary>
    [ThreadStatic] static StrongBox<Exception?>? failure;

    static long absent;

    /// <summary>That of this thread.</summary>
    internal static StrongBox<Exception?> Failure => failure ??= new();

    /// <summary>Runs something that may leave a failure, now or backward, in a place of its own: another thread may go
    /// backward.</summary>
    internal static void With(StrongBox<Exception?> own, Action action)
    {
        var outer = failure;
        failure = own;
        try
        {
            action();
        }
        finally
        {
            failure = outer;
        }
    }

    /// <summary>Whether a failure on this thread is looked for once the backward pass is through, and must not stop it.</summary>
    [field: ThreadStatic] internal static bool IsWatched { get; private set; }

    /// <summary>Runs a function without keeping what its backward pass needs. Where gradients are off this is the plain call.</summary>
    /// <param name="function">Gets the inputs in their order and returns a new tensor, not one of them. It runs once now and once in the
    /// backward pass.</param>
    /// <param name="inputs">Of any shapes and types.</param>
    /// <returns>What the function returns.</returns>
    public static Tensor Run(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        is_grad_enabled() ? DeferredNode.Run(new RecomputeCall(function, 0, 0, Failure), inputs) : function(inputs);

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
        return is_grad_enabled() ? DeferredNode.Run(call, inputs) : call.Forward(inputs);
    }

    /// <summary>As <c>output.backward()</c>, but where a function fails when it is run again (memory is short, say) its own exception is
    /// thrown; <c>output.backward()</c> would speak of an invalid gradient.</summary>
    /// <param name="output">Where to start: a scalar, or any tensor together with a gradient.</param>
    /// <param name="gradient">Of the output's shape; none for a scalar.</param>
    public static void Backward(Tensor output, Tensor? gradient = null) =>
        Pass(false, () => output.backward(gradient is null ? null : [gradient]));

    /// <summary>As <see cref="Backward"/>, before another pass through the same graph.</summary>
    internal static void BackwardFirst(Tensor output, Tensor gradient) =>
        Pass(false, () => output.backward([gradient], retain_graph: true));

    /// <summary>Gradients that <see cref="Gradients"/> did not find, in all passes of the process: TorchSharp counts
    /// each as a tensor, for ever.</summary>
    internal static long Absent => Volatile.Read(ref absent);

    /// <summary>As <see cref="autograd.grad"/>, with the same exceptions; null for an input that the output does not depend on.</summary>
    internal static Tensor?[] Gradients(Tensor output, Tensor[] inputs, Tensor gradient)
    {
        Tensor?[] gradients = [];
        // Here an exception of libtorch's would end the process.
        Pass(true, () => gradients = [.. autograd.grad([output], inputs, [gradient], allow_unused: true).Select(found => found.IsInvalid ? null : found)]);
        Interlocked.Add(ref absent, gradients.Count(found => found is null));
        return gradients;
    }

    static void Pass(bool isWatched, Action pass)
    {
        var (here, outer) = (Failure, IsWatched);
        // A pass within a watched one that has failed already and goes on without a gradient.
        var earlier = outer ? here.Value : null;
        (here.Value, IsWatched) = (null, isWatched);
        try
        {
            pass();
        }
        catch (Exception) when (here.Value is not null)
        {
            // Told below: autograd would speak of what followed from it.
        }
        finally
        {
            IsWatched = outer;
        }
        if (here.Value is { } cause) ExceptionDispatchInfo.Throw(cause);
        here.Value = earlier;
    }
}

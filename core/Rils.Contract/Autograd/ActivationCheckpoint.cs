using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Trades time for memory: keeps a function's inputs and output, and runs the function again in the backward
/// pass instead of keeping the values in between (Chen et al. 2016; over the parts of a batch: Gao et al.
/// 2021).</summary>
/// <remarks>Gradients are those of a plain call. The same inputs must give the same output, so the function must draw
/// no random numbers and change no tensor that it reads. Gradients reach the function's inputs and the parameters that
/// it uses; every other tensor that it captures counts as a constant. Captured tensors must live until the backward
/// pass, and parameters must not change before it.</remarks>
public static class ActivationCheckpoint
{
    /// <summary>The place where the backward pass leaves a function's exception. Each thread has its own: it waits for
    /// the pass, whichever thread the pass runs on.</summary>
    [ThreadStatic] static StrongBox<Exception?>? failure;

    static long absent;

    /// <summary>The place of this thread, where the backward pass leaves a function's exception.</summary>
    internal static StrongBox<Exception?> Failure => failure ??= new();

    /// <summary>Runs an action that may leave a failure, now or in its backward pass, with another place for failures:
    /// another thread may run the backward pass.</summary>
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

    /// <summary>Whether this thread looks for a failure after its backward pass, so that a failure must not stop the
    /// pass.</summary>
    [field: ThreadStatic] internal static bool IsWatched { get; private set; }

    /// <summary>Runs a function without keeping the values that its backward pass needs. Where gradients are off, this
    /// is a plain call.</summary>
    /// <param name="function">Gets the inputs in their order, and returns a new tensor, none of the inputs. The
    /// function runs once now and once in the backward pass.</param>
    /// <param name="inputs">Tensors of any shapes and types.</param>
    /// <returns>The tensor that the function returns.</returns>
    public static Tensor Run(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        is_grad_enabled() ? DeferredNode.Run(new CheckpointedCall(function, 0, 0, Failure), inputs) : function(inputs);

    /// <summary>Runs a function that treats rows independently over a few rows at a time, so that forward and backward
    /// pass need memory only for these. Where there are no more rows than that, this is a plain call.</summary>
    /// <param name="size">Number of rows at a time, at least 1.</param>
    /// <param name="function">Gets a part's rows of each tensor of <paramref name="rows"/>, then the tensors of
    /// <paramref name="whole"/>; returns a new tensor with as many rows as the part has.</param>
    /// <param name="rows">At least one tensor <c>[rows, ...]</c>, all with equally many rows.</param>
    /// <param name="whole">Tensors of any shape that every part needs as a whole.</param>
    /// <returns><c>[rows, ...]</c>: the results in the order of the rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <exception cref="ContractException">For a part, the function does not return a row for each of its
    /// rows.</exception>
    public static Tensor RunInParts(long size, Func<Tensor[], Tensor> function, Tensor[] rows, params Tensor[] whole)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Tensor[] inputs = [.. rows, .. whole];
        if (rows[0].shape[0] <= size) return function(inputs);
        var call = new CheckpointedCall(function, size, rows.Length, Failure);
        return is_grad_enabled() ? DeferredNode.Run(call, inputs) : call.Forward(inputs);
    }

    /// <summary>Runs a backward pass as <c>output.backward()</c> does. Where a function fails when it runs again (for
    /// lack of memory, say), this method throws the function's own exception; <c>output.backward()</c> would report an
    /// invalid gradient.</summary>
    /// <param name="output">The tensor to start from: a scalar, or any tensor together with a gradient.</param>
    /// <param name="gradient">The gradient of the output, in the output's shape; null for a scalar.</param>
    public static void Backward(Tensor output, Tensor? gradient = null) =>
        Pass(false, () => output.backward(gradient is null ? null : [gradient]));

    /// <summary>Does the same as <see cref="Backward"/>, and keeps the graph for another pass.</summary>
    internal static void BackwardFirst(Tensor output, Tensor gradient) =>
        Pass(false, () => output.backward([gradient], retain_graph: true));

    /// <summary>The number of gradients that <see cref="Gradients"/> did not find, in all passes of the process:
    /// TorchSharp counts each as a tensor that nobody ever disposes.</summary>
    internal static long Absent => Volatile.Read(ref absent);

    /// <summary>Does the same as <see cref="autograd.grad"/>, with the exceptions of <see cref="Backward"/>.</summary>
    /// <returns>A gradient for each input; null for an input on which the output does not depend.</returns>
    internal static Tensor?[] Gradients(Tensor output, Tensor[] inputs, Tensor gradient)
    {
        Tensor?[] gradients = [];
        // An exception of libtorch would end the process in this call.
        Pass(true, () => gradients = [.. autograd.grad([output], inputs, [gradient], allow_unused: true)
            .Select(found => found.IsInvalid ? null : found)]);
        Interlocked.Add(ref absent, gradients.Count(found => found is null));
        return gradients;
    }

    static void Pass(bool isWatched, Action pass)
    {
        var (here, outer) = (Failure, IsWatched);
        // The outer pass may have failed already, and go on without a gradient: keep its failure.
        var earlier = outer ? here.Value : null;
        (here.Value, IsWatched) = (null, isWatched);
        try
        {
            pass();
        }
        catch (Exception) when (here.Value is not null)
        {
            // The cause is thrown below; autograd's own exception reports only a consequence.
        }
        finally
        {
            IsWatched = outer;
        }
        if (here.Value is { } cause) ExceptionDispatchInfo.Throw(cause);
        here.Value = earlier;
    }
}

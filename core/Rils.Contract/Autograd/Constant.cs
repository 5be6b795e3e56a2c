using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Numbers for operations that run in every step or evaluation: <c>logits * Constant.Of(0.5)</c>.</summary>
/// <remarks>TorchSharp 0.107 makes a native number of each C# number that an operation takes, and nothing holds it
/// while the operation runs: where its finalizer comes in between, libtorch reads freed memory, and fails ("Unknown
/// scalar type", "Expected false to be true"), rarely and anywhere. Every sum makes one (<c>a + b</c>,
/// <c>a.add_(b)</c>, <c>1 - a</c>), and so do <c>square()</c> and <c>arange</c>: write
/// <see cref="Plus(Tensor, Tensor)"/>, <c>a * a</c> and <see cref="Count"/>. The numbers here are held for good, so
/// take no number that changes from step to step: hold such a one in a local <see cref="Scalar"/>, and call
/// <see cref="GC.KeepAlive"/> behind the operation.</remarks>
public static class Constant
{
    static readonly ConcurrentDictionary<double, Scalar> numbers = [];
    static readonly ConcurrentDictionary<long, Scalar> wholes = [];

    /// <summary>Gives the native number of a constant; the same for the same constant.</summary>
    /// <param name="value">The constant.</param>
    /// <returns>A floating-point number of libtorch, which nobody may dispose.</returns>
    public static Scalar Of(double value) => numbers.GetOrAdd(value, static number => number);

    /// <summary>Gives the native number of a whole constant; the same for the same constant.</summary>
    /// <param name="value">The constant.</param>
    /// <returns>A whole number of libtorch, which nobody may dispose.</returns>
    public static Scalar Of(long value) => wholes.GetOrAdd(value, static number => number);

    /// <summary>Adds two tensors: <c>left + right</c> with a factor of 1 that is held for good.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">A shape that can be broadcast with that of <paramref name="left"/>.</param>
    /// <returns>The sum, of the common shape and type.</returns>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, Of(1));

    /// <summary>Adds a number that is held: <c>tokens.Plus(Constant.Of(1))</c>.</summary>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The number, from <see cref="Of(double)"/> or kept alive by the caller.</param>
    /// <returns>The sum, of the shape of <paramref name="left"/>.</returns>
    public static Tensor Plus(this Tensor left, Scalar right) => left.add(right, Of(1));

    /// <summary>Counts from 0, as <c>arange</c> does.</summary>
    /// <param name="count">How many numbers.</param>
    /// <param name="device">The device of the result.</param>
    /// <returns>0, 1, ..., <paramref name="count"/> - 1: int64 <c>[count]</c>.</returns>
    public static Tensor Count(long count, Device device) =>
        arange(Of(0), Of(count), Of(1), ScalarType.Int64, device);
}

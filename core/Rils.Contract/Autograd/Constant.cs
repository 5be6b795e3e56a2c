using System.Collections.Concurrent;
using TorchSharp;

namespace Rils.Contract;

/// <summary>Numbers for operations that run in every step or evaluation: <c>logits * Constant.Of(0.5)</c>.</summary>
/// <remarks>TorchSharp 0.107 makes a native number of each C# number that an operation takes, and nothing holds it
/// while the operation runs: where its finalizer comes in between, libtorch reads freed memory, and fails ("Unknown
/// scalar type", "Expected false to be true"), rarely and anywhere. The numbers here are held for good, so take no
/// number that changes from step to step: hold such a one in a local <see cref="Scalar"/>, and call
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
}

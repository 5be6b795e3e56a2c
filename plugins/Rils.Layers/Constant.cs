using System.Collections.Concurrent;
using TorchSharp;

namespace Rils.Layers;

/// <summary>Constants for operations that run often.</summary>
/// <remarks>TorchSharp 0.107 makes a native number of each C# number, and nothing holds it while the operation runs:
/// where its finalizer comes in between, libtorch reads freed memory ("Unknown scalar type"). The numbers here are held
/// for good.</remarks>
static class Constant
{
    static readonly ConcurrentDictionary<double, Scalar> held = [];

    /// <summary>Gives the native number of a constant; the same for the same constant.</summary>
    public static Scalar Of(double value) => held.GetOrAdd(value, static number => number);
}

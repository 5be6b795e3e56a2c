using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rils.Engine.Native;

/// <summary>Counts the changes of a tensor in place, by autograd's version counter, which views and detached tensors
/// share. TorchSharp does not bind it.</summary>
/// <remarks>A tensor's handle is a pointer to an at::Tensor. Writes through <c>bytes</c> and <c>data</c> do not
/// count.</remarks>
static unsafe partial class VersionCounter
{
    const string Library = "torch_cpu", VersionOf = "_ZNK2at10TensorBase8_versionEv",
        InferenceOf = "_ZN2at6native12is_inferenceERKNS_6TensorE",
        CounterOf = "_ZN5torch8autograd4impl15version_counterERKN2at6TensorE";

    /// <summary>Whether this libtorch exports the functions.</summary>
    public static bool IsThere { get; } =
        NativeLibrary.TryLoad(Library, typeof(VersionCounter).Assembly, null, out var library)
        && Array.TrueForAll([VersionOf, InferenceOf, CounterOf],
        name => NativeLibrary.TryGetExport(library, name, out _));

    /// <summary>Whether a tensor has a counter: a tensor of inference mode has none, and libtorch's exception for it
    /// would end the process.</summary>
    public static bool Has(Tensor tensor) => IsThere && !tensor.IsInvalid && IsInference(tensor.Handle) == 0;

    /// <summary>The number of changes so far.</summary>
    public static long Of(Tensor tensor) => Version(tensor.Handle);

    /// <summary>Whether two tensors share a counter, so that a change of one counts as a change of the other.</summary>
    public static bool AreOne(Tensor tensor, Tensor other) =>
        *(nint*)Counter(tensor.Handle) == *(nint*)Counter(other.Handle);

    [LibraryImport(Library, EntryPoint = VersionOf), SuppressGCTransition]
    private static partial long Version(nint tensor);

    [LibraryImport(Library, EntryPoint = InferenceOf), SuppressGCTransition]
    private static partial byte IsInference(nint tensor);

    /// <summary>The address of a c10::VariableVersion, which is one pointer to the count.</summary>
    [LibraryImport(Library, EntryPoint = CounterOf), SuppressGCTransition]
    private static partial nint Counter(nint tensor);
}

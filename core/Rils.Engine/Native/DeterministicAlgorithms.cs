using System.Runtime.InteropServices;

namespace Rils.Engine.Native;

/// <summary>libtorch's switch for algorithms that give the same bits each time. The process has one switch; while it is
/// on, an operation without such an algorithm throws.</summary>
/// <remarks>The switch is PyTorch's <c>use_deterministic_algorithms</c>, which TorchSharp does not bind.</remarks>
static partial class DeterministicAlgorithms
{
    const string Library = "torch_cpu", Context = "_ZN2at13globalContextEv";
    const string Set = "_ZN2at7Context26setDeterministicAlgorithmsEbb",
        Get = "_ZNK2at7Context23deterministicAlgorithmsEv";
    const string Fill = "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb";

    /// <summary>Whether this libtorch exports the switch.</summary>
    public static bool IsThere { get; } =
        NativeLibrary.TryLoad(Library, typeof(DeterministicAlgorithms).Assembly, null, out var library)
        && Exports(library);

    /// <summary>Whether a library exports all functions of the switch.</summary>
    /// <param name="library">The library's handle.</param>
    internal static bool Exports(nint library) =>
        Array.TrueForAll([Context, Set, Get, Fill], name => NativeLibrary.TryGetExport(library, name, out _));

    /// <summary>Whether libtorch says that the switch is on. The caller must check <see cref="IsThere"/>
    /// first.</summary>
    public static bool AreOn => AreDeterministic(GlobalContext()) != 0;

    /// <summary>Turns the switch; does nothing where libtorch has none. A CPU does not need the switch, and is slower
    /// with it.</summary>
    public static void Switch(bool on)
    {
        if (!IsThere) return;
        SetAlgorithms(GlobalContext(), (byte)(on ? 1 : 0), warnOnly: 0);
        // By default libtorch would also fill every new tensor with NaN, so that reading a tensor before writing it
        // gives the same bits. No code here reads such a tensor, and filling costs time.
        if (on) SetFill(GlobalContext(), 0);
    }

    /// <summary>The address of the process's at::Context.</summary>
    [LibraryImport(Library, EntryPoint = Context)]
    private static partial nint GlobalContext();

    // A C++ bool is passed as a byte, 0 or 1.
    [LibraryImport(Library, EntryPoint = Set)]
    private static partial void SetAlgorithms(nint context, byte on, byte warnOnly);

    [LibraryImport(Library, EntryPoint = Get)]
    private static partial byte AreDeterministic(nint context);

    [LibraryImport(Library, EntryPoint = Fill)]
    private static partial void SetFill(nint context, byte on);
}

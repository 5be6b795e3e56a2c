using System.Runtime.InteropServices;

namespace Rils.Engine.Native;

/// <summary>The instruction set that libtorch chose for its own loops: another set gives other bits.</summary>
static unsafe class CpuCapability
{
    const string Library = "libtorch_cpu.so", Function = "_ZN2at18get_cpu_capabilityB5cxx11Ev";

    /// <summary><c>AVX512</c>, <c>AVX2</c> or <c>DEFAULT</c>; <c>unknown</c> where libtorch does not export the
    /// function.</summary>
    public static string Name { get; } = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture == Architecture.X64
        && NativeLibrary.TryLoad(Library, out var library)
        && NativeLibrary.TryGetExport(library, Function, out var tell) ? Read(tell) : "unknown";

    /// <summary>Calls a C++ function that returns a <c>std::string</c> into a place of 32 bytes that the caller gives.
    /// Names of up to 15 bytes lie within that place, so there is nothing to free.</summary>
    static string Read(nint function)
    {
        var text = stackalloc nint[4];
        ((delegate* unmanaged<nint*, nint*>)function)(text);
        return Marshal.PtrToStringUTF8(text[0], (int)text[1]);
    }
}

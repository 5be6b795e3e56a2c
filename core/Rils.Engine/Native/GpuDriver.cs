using System.Globalization;
using System.Runtime.InteropServices;

namespace Rils.Engine.Native;

/// <summary>Facts of a GPU that NVIDIA's driver gives and TorchSharp does not.</summary>
/// <remarks>All facts are null for a device that is no GPU, and without the driver. Devices are named <c>cpu</c>,
/// <c>cuda:0</c>.</remarks>
static unsafe partial class GpuDriver
{
    const string Driver = "libcuda.so.1";
    const int LongestName = 256;

    /// <summary>The name of a GPU: <c>NVIDIA H100 80GB HBM3</c>.</summary>
    public static string? Name(string device)
    {
        if (Handle(device) is not { } handle) return null;
        var name = stackalloc byte[LongestName];
        return Name(name, LongestName, handle) == 0 ? Marshal.PtrToStringUTF8((nint)name) : null;
    }

    /// <summary>The whole memory of a GPU in bytes, used or not.</summary>
    public static long? Memory(string device) =>
        Handle(device) is { } handle && TotalMemory(out var bytes, handle) == 0 ? (long)bytes : null;

    static int? Handle(string device)
    {
        if (device.Split(':') is not ["cuda", var text]
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        try
        {
            return Init(0) == 0 && Get(out var handle, number) == 0 ? handle : null;
        }
        catch (Exception absent) when (absent is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport(Driver, EntryPoint = "cuInit")]
    private static partial int Init(uint flags);

    [LibraryImport(Driver, EntryPoint = "cuDeviceGet")]
    private static partial int Get(out int device, int ordinal);

    [LibraryImport(Driver, EntryPoint = "cuDeviceGetName")]
    private static partial int Name(byte* name, int length, int device);

    [LibraryImport(Driver, EntryPoint = "cuDeviceTotalMem_v2")]
    private static partial int TotalMemory(out nuint bytes, int device);
}

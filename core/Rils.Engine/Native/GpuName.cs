using System.Globalization;
using System.Runtime.InteropServices;

namespace Rils.Engine.Native;

/// <summary>What a GPU is called, by NVIDIA's driver.</summary>
static unsafe partial class GpuName
{
    const string Driver = "libcuda.so.1";
    const int Longest = 256;

    /// <summary><c>NVIDIA H100 80GB HBM3</c>; null for a device that is no GPU, or where the driver is not there.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    public static string? Of(string device)
    {
        if (device.Split(':') is not ["cuda", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        try
        {
            var name = stackalloc byte[Longest];
            return Init(0) == 0 && Get(out var handle, number) == 0 && Name(name, Longest, handle) == 0 ? Marshal.PtrToStringUTF8((nint)name) : null;
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
}

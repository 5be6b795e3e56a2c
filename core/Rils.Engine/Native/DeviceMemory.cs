using System.Globalization;
using System.Runtime.InteropServices;

namespace Rils.Engine.Native;

/// <summary>How much memory a GPU has, by NVIDIA's driver: TorchSharp does not tell.</summary>
static partial class DeviceMemory
{
    const string Driver = "libcuda.so.1";

    /// <summary>All of it in bytes, whoever uses it; null for a device that is no GPU, or where the driver is not there.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    public static long? Of(string device)
    {
        if (device.Split(':') is not ["cuda", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        try
        {
            return Init(0) == 0 && Get(out var handle, number) == 0 && TotalMemory(out var bytes, handle) == 0 ? (long)bytes : null;
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

    [LibraryImport(Driver, EntryPoint = "cuDeviceTotalMem_v2")]
    private static partial int TotalMemory(out nuint bytes, int device);
}

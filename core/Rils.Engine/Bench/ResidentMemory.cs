using System.Globalization;
using System.Runtime.InteropServices;

namespace Rils.Engine.Bench;

/// <summary>Linux's count of this process's resident memory, in bytes; null on other systems.</summary>
static partial class ResidentMemory
{
    const string Status = "/proc/self/status", ClearReferences = "/proc/self/clear_refs";

    /// <summary>The bytes that are resident now.</summary>
    public static long? Now => Read("VmRSS:");

    /// <summary>The most bytes that were resident since the start or the last <see cref="ForgetPeak"/>.</summary>
    public static long? Peak => Read("VmHWM:");

    /// <summary>Resets the kernel's high-water mark to the bytes that are resident now.</summary>
    /// <returns>Whether the kernel allowed it.</returns>
    public static bool ForgetPeak()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            File.WriteAllText(ClearReferences, "5"); // proc(5): resets the peak resident set size
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Returns freed memory to the system, where the C library can: memory that the library keeps would hide
    /// the need of a step.</summary>
    public static void ReturnFreed()
    {
        try
        {
            if (OperatingSystem.IsLinux()) Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // The C library is not glibc.
        }
    }

    static long? Read(string key)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Status)) return null;
        var line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null
            ? null : 1024 * long.Parse(line[key.Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}

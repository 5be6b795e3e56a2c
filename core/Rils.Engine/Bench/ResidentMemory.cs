using System.Globalization;
using System.Runtime.InteropServices;

namespace Rils.Engine.Bench;

/// <summary>What Linux counts of this process's resident memory. Elsewhere nothing is known.</summary>
static partial class ResidentMemory
{
    const string Status = "/proc/self/status", ClearReferences = "/proc/self/clear_refs";

    /// <summary>Bytes resident now.</summary>
    public static long? Now => Read("VmRSS:");

    /// <summary>The most that was resident since the start or the last <see cref="ForgetPeak"/>, in bytes.</summary>
    public static long? Peak => Read("VmHWM:");

    /// <summary>Sets the kernel's high-water mark back to what is resident now.</summary>
    /// <returns>Whether the kernel let it.</returns>
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

    /// <summary>Gives the system back what was freed and kept for later, where the C library can: otherwise it would hide what a step needs.</summary>
    public static void ReturnFreed()
    {
        try
        {
            if (OperatingSystem.IsLinux()) Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    static long? Read(string key)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Status)) return null;
        var line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? null : 1024 * long.Parse(line[key.Length..].Replace("kB", "").Trim(), CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}

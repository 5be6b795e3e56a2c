using System.Runtime.InteropServices;

namespace Rils.Cli.Hosting;

/// <summary>Ends the process while threads still compute.</summary>
static partial class ProcessEnd
{
    /// <summary>Ends the process at once. An ordinary exit would destroy libtorch's state while threads still use it,
    /// and crash.</summary>
    /// <param name="code">The exit code.</param>
    public static void Now(int code)
    {
        if (OperatingSystem.IsWindows()) Environment.Exit(code);
        else EndNow(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndNow(int code);
}

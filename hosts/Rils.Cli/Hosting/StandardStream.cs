using System.Runtime.InteropServices;
using Rils.Cli.Rendering;

namespace Rils.Cli.Hosting;

/// <summary>The standard streams, as the process was started with them.</summary>
static partial class StandardStream
{
    const int DescriptorFlags = 1, ClosedOnExec = 1; // F_GETFD, FD_CLOEXEC

    public static SteadyWriter Output() => new(IsGiven(1) ? Console.Out : null);

    public static SteadyWriter Error() => new(IsGiven(2) ? Console.Error : null);

    /// <summary>Whether the process was started with a stream. Where a shell has closed a stream (<c>&gt;&amp;-</c>), a
    /// pipe of the runtime gets the stream's number, and must not get the text. Such a pipe is closed on exec; an
    /// inherited stream is not.</summary>
    static bool IsGiven(int descriptor) =>
        !OperatingSystem.IsLinux()
            || (Control(descriptor, DescriptorFlags) is >= 0 and var flags && (flags & ClosedOnExec) == 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);
}

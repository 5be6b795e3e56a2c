using System.Runtime.InteropServices;

namespace Rils.Engine.Native;

/// <summary>Loads a shared library with all its symbols resolved at once.</summary>
/// <remarks>.NET's <see cref="NativeLibrary"/> leaves functions unresolved until their first call, and one that is missing then ends the process.</remarks>
static partial class SharedLibrary
{
    const int ResolveNow = 2; // RTLD_NOW

    /// <summary>Loads it.</summary>
    /// <returns>Its handle, as <see cref="NativeLibrary"/> uses it; or why the system's loader refused it.</returns>
    public static (nint Handle, string? Refusal) Load(string path)
    {
        Error(); // Its own first call makes the runtime look for it, which would wipe the message out.
        var handle = Open(path, ResolveNow);
        return (handle, handle != 0 ? null : Marshal.PtrToStringUTF8(Error()) ?? "the system does not say why");
    }

    // Since glibc 2.34 in libc, and libdl leads there.
    [LibraryImport("libdl.so.2", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libdl.so.2", EntryPoint = "dlerror")]
    private static partial nint Error();
}

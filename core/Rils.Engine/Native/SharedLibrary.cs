using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Rils.Files;

namespace Rils.Engine.Native;

/// <summary>Loads a shared library with all its symbols resolved at once.</summary>
/// <remarks>.NET's <see cref="NativeLibrary"/> leaves functions unresolved until their first call, and one that is missing then ends the process.</remarks>
static partial class SharedLibrary
{
    const int ResolveNow = 2; // RTLD_NOW
    const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <summary>Loads it.</summary>
    /// <returns>Its handle, as <see cref="NativeLibrary"/> uses it; or why the system's loader refused it.</returns>
    public static (nint Handle, string? Refusal) Load(string path)
    {
        Error(); // Its own first call makes the runtime look for it, which would wipe the message out.
        var handle = Open(path, ResolveNow);
        return (handle, handle != 0 ? null : Marshal.PtrToStringUTF8(Error()) ?? "the system does not say why");
    }

    /// <summary>Loads one from bytes: from a file without a name; where the system lets no such file run, from one in a
    /// folder that is this user's alone and gone afterwards.</summary>
    /// <param name="name">For the system's messages.</param>
    /// <param name="image">The whole file.</param>
    public static (nint Handle, string? Refusal) Load(string name, byte[] image)
    {
        try
        {
            (nint, string?) result = (0, null);
            // The limit for files holds in memory too.
            FileLimit.Watch(name, () => result = LoadCopy(name, image));
            return result;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (0, cause.Message);
        }
    }

    static (nint Handle, string? Refusal) LoadCopy(string name, byte[] image)
    {
        var descriptor = CreateInMemory(name, CloseOnExec);
        if (descriptor >= 0)
        {
            using var file = new SafeFileHandle(descriptor, ownsHandle: true);
            RandomAccess.Write(file, image, 0);
            if (Load($"/proc/self/fd/{descriptor}") is { Handle: not 0 } loaded) return loaded;
        }
        var folder = Directory.CreateTempSubdirectory("rils-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, image);
            return Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateInMemory(string name, uint flags);

    // Since glibc 2.34 in libc, and libdl leads there.
    [LibraryImport("libdl.so.2", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libdl.so.2", EntryPoint = "dlerror")]
    private static partial nint Error();
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Rils.Files;

namespace Rils.Engine.Native;

/// <summary>Loads a shared library with all its symbols resolved at once.</summary>
/// <remarks>.NET's <see cref="NativeLibrary"/> resolves a function at its first call, and a missing one then ends the
/// process.</remarks>
static partial class SharedLibrary
{
    const int ResolveNow = 2; // RTLD_NOW
    const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <summary>Loads a library from a file.</summary>
    /// <returns>The library's handle, as <see cref="NativeLibrary"/> uses it; or why the system's loader refused
    /// it.</returns>
    public static (nint Handle, string? Refusal) Load(string path)
    {
        Error(); // At its first call the runtime looks for the function, which would erase the message below.
        var handle = Open(path, ResolveNow);
        return (handle, handle != 0 ? null : Marshal.PtrToStringUTF8(Error()) ?? "the system does not say why");
    }

    /// <summary>Loads a library from bytes: from a file without a name; where the system runs no such file, from a file
    /// in a folder that belongs to this user alone and is removed afterwards.</summary>
    /// <param name="name">The library's name in the system's messages.</param>
    /// <param name="image">The bytes of the whole library.</param>
    public static (nint Handle, string? Refusal) Load(string name, byte[] image)
    {
        try
        {
            (nint, string?) result = (0, null);
            // The limit for the size of files holds in memory too.
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

    // libc has these functions since glibc 2.34, and libdl leads there.
    [LibraryImport("libdl.so.2", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libdl.so.2", EntryPoint = "dlerror")]
    private static partial nint Error();
}

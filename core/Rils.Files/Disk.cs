using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rils.Files;

/// <summary>Waits until written bytes and names are on the disk, and reports the system's errors, which
/// <c>FileStream.Flush(true)</c> swallows.</summary>
/// <remarks>NFS and quotas report a full disk only in a flush or a close. After a failed flush Linux counts the same
/// bytes as clean, so a second flush would succeed and keep nothing: after a failure the caller must write another
/// file.</remarks>
static partial class Disk
{
    // The numbers of errors on Linux.
    const int Interrupted = 4, AccessDenied = 13, Invalid = 22, ReadOnlyFileSystem = 30, NotSupported = 95;
    const int FolderForReading = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC

    /// <summary>Waits until the content of an open file is on the disk.</summary>
    /// <exception cref="DiskException">Some of the content may not be on the disk.</exception>
    public static void Flush(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        var kept = false;
        try
        {
            file.DangerousAddRef(ref kept);
            Flush(path, () => Result(Synchronize((int)file.DangerousGetHandle())));
        }
        finally
        {
            if (kept) file.DangerousRelease();
        }
    }

    /// <summary>Waits until the content of a closed file is on the disk.</summary>
    /// <exception cref="DiskException">Some of the content may not be on the disk.</exception>
    public static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        Flush(file, path);
    }

    /// <summary>Waits until the names in a folder are on the disk. For a folder that this process may not read the
    /// method does nothing.</summary>
    /// <exception cref="DiskException">Some of the names may not be on the disk.</exception>
    public static void FlushFolder(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        var descriptor = Open(path, FolderForReading);
        if (descriptor < 0)
        {
            if (Marshal.GetLastPInvokeError() is var error && error != AccessDenied) throw Lost(path, error);
            return;
        }
        try
        {
            Flush(path, () => Result(Synchronize(descriptor)));
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Closes a file that was written: some file systems report only in a close what they could not
    /// keep.</summary>
    /// <exception cref="DiskException">Some of the content may be lost.</exception>
    public static void Close(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            file.Dispose();
            return;
        }
        var descriptor = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid();
        // One close only: Linux frees the descriptor even in an interrupted close, and another file may have it by now.
        if (Result(Close(descriptor)) is not (0 or Interrupted) and var error) throw Lost(path, error);
    }

    /// <summary>Repeats a flush until no signal interrupts it.</summary>
    /// <param name="path">The path that the error names.</param>
    /// <param name="flush">Flushes; returns 0 or the number of the system's error.</param>
    /// <exception cref="DiskException">The flush failed. A file system that cannot flush folders counts as no
    /// failure.</exception>
    internal static void Flush(string path, Func<int> flush)
    {
        int error;
        do error = flush(); while (error == Interrupted);
        if (error is not (0 or Invalid or ReadOnlyFileSystem or NotSupported)) throw Lost(path, error);
    }

    static int Result(int returned) => returned == 0 ? 0 : Marshal.GetLastPInvokeError();

    static DiskException Lost(string path, int error) =>
        new($"{path} could not be brought to the disk ({Marshal.GetPInvokeErrorMessage(error)}): "
            + "see that the disk is sound, and that it and your quota have room");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rils.Files;

/// <summary>Brings what was written to the disk, and passes on what the system says of it:
/// <c>FileStream.Flush(true)</c> swallows that.</summary>
/// <remarks>NFS and quotas tell of a full disk only here and when a file is closed. After a failure Linux calls the
/// same bytes clean, so that a second attempt would succeed and keep nothing: whoever goes on writes another
/// file.</remarks>
static partial class Disk
{
    // As Linux numbers them.
    const int Interrupted = 4, AccessDenied = 13, Invalid = 22, ReadOnlyFileSystem = 30, NotSupported = 95;
    const int FolderForReading = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC

    /// <summary>Waits until all of an open file is on the disk.</summary>
    /// <exception cref="DiskException">It may not be there.</exception>
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

    /// <summary>Waits until all of a closed file is on the disk.</summary>
    /// <exception cref="DiskException">It may not be there.</exception>
    public static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        Flush(file, path);
    }

    /// <summary>Waits until the names in a folder are on the disk. A folder that may not be read is left to the
    /// system.</summary>
    /// <exception cref="DiskException">They may not be there.</exception>
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

    /// <summary>Closes a file that was written: some file systems tell only then what they could not keep.</summary>
    /// <exception cref="DiskException">Some of it may be lost.</exception>
    public static void Close(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            file.Dispose();
            return;
        }
        var descriptor = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid();
        // Never twice: on Linux the descriptor is free after an interrupted close, too, and may be another file's by now.
        if (Result(Close(descriptor)) is not (0 or Interrupted) and var error) throw Lost(path, error);
    }

    /// <summary>Flushes until no signal interrupts it.</summary>
    /// <param name="path">For the message.</param>
    /// <param name="flush">Returns 0, or the number of the system's error.</param>
    /// <exception cref="DiskException">It failed. Some file systems cannot flush folders: that is no
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

using System.Runtime.InteropServices;
using System.Text;

namespace Rils.Engine.Files;

/// <summary>Files that are there whole or not at all, also after a crash of the machine.</summary>
static partial class DurableFile
{
    const int ReadOnly = 0;

    /// <summary>Writes a text file through a temporary one beside it, flushed to the disk and renamed.</summary>
    /// <exception cref="IOException">There is no space, or the folder cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file through a temporary one beside it, flushed to the disk and renamed.</summary>
    /// <exception cref="IOException">There is no space, or the folder cannot be written.</exception>
    public static void Write(string path, Action<FileStream> content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            FileLimit.Watch(path, () =>
            {
                using var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
                content(file);
                file.Flush(flushToDisk: true);
            });
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes renames within a folder last. Where the system cannot, they last as long as its own cache does.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0) return;
        Flush(descriptor);
        Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

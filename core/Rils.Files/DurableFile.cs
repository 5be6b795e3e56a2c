using System.Text;

namespace Rils.Files;

/// <summary>Writes files that are whole or absent, also after a crash of the machine.</summary>
static class DurableFile
{
    /// <summary>Writes a text file in UTF-8: to a temporary file beside it, which is flushed to the disk and
    /// renamed.</summary>
    /// <exception cref="IOException">There is no space, or the folder cannot be written.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a file: to a temporary file beside it, which is flushed to the disk and renamed.</summary>
    /// <exception cref="DiskException">The disk did not keep the file.</exception>
    /// <exception cref="IOException">There is no space, or the folder cannot be written.</exception>
    public static void Write(string path, Action<FileStream> content)
    {
        var temporary = Leftovers.Beside(path);
        try
        {
            FileLimit.Watch(path, () =>
            {
                using var file =
                    new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
                content(file);
                Disk.Flush(file.SafeFileHandle, path);
                Disk.Close(file.SafeFileHandle, path);
            });
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // Without the folder there is no temporary file to delete, and the caller needs the first error.
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder and brings its name to the disk; the folder above must exist.</summary>
    /// <returns>The folder's path.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder above does not exist, or exists no more.</exception>
    public static string MakeFolder(string path)
    {
        if (Directory.Exists(path)) return path;
        var parent = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(parent))
            throw new DirectoryNotFoundException(
                $"{parent} is gone: leave the folder of a run where it is while the run goes on");
        Directory.CreateDirectory(path);
        Disk.FlushFolder(parent);
        return path;
    }

    /// <summary>Makes a folder and the folders above it.</summary>
    /// <returns>The folder's path.</returns>
    public static string MakeFolders(string path)
    {
        if (Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent)) MakeFolders(parent);
        return MakeFolder(path);
    }
}

namespace Rils.Files;

/// <summary>Holds a folder for one process at a time: by a lock on a file in the folder, which the system releases when
/// the process ends, however it ends.</summary>
sealed class FolderHold : IDisposable
{
    readonly FileStream file;

    /// <summary>Takes hold of a folder.</summary>
    /// <param name="folder">The path of an existing folder.</param>
    /// <param name="name">The name of the lock file in the folder; the constructor makes the file where it is
    /// missing.</param>
    /// <exception cref="IOException">Another process holds the folder, or the file cannot be made.</exception>
    public FolderHold(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (File.Exists(path))
        {
            throw new IOException(
                $"{folder} is in use by another process: wait for it, or name another folder ({held.Message})", held);
        }
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => file.Dispose();
}

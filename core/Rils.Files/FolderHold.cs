namespace Rils.Files;

/// <summary>Makes a folder belong to one process at a time, by a lock on a file in it that ends with the process,
/// however that ends.</summary>
sealed class FolderHold : IDisposable
{
    readonly FileStream file;

    /// <summary>Takes hold of a folder.</summary>
    /// <param name="folder">It is there.</param>
    /// <param name="name">The file's, in the folder; it is made where it is missing.</param>
    /// <exception cref="IOException">Another process holds it, or the file cannot be made.</exception>
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

    /// <summary>Lets go of it.</summary>
    public void Dispose() => file.Dispose();
}

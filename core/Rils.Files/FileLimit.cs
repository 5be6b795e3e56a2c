namespace Rils.Files;

/// <summary>Reports the largest size that <c>ulimit -f</c> or the file system lets a file have.</summary>
static class FileLimit
{
    /// <summary>Runs an action that writes a file. .NET reports the limit as a wrong argument and names no file, so
    /// this method throws an error that names it.</summary>
    /// <exception cref="IOException">The file would become larger than the system allows, or writing
    /// failed.</exception>
    public static void Watch(string path, Action write)
    {
        try
        {
            write();
        }
        catch (ArgumentOutOfRangeException limit) when (limit.ParamName == "value")
        {
            throw new IOException(
                $"{path} would become larger than files may be here (ulimit -f, or the file system's limit)", limit);
        }
    }
}

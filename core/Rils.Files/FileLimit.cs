namespace Rils.Files;

/// <summary>Files may have a largest size, by <c>ulimit -f</c> or by their file system.</summary>
static class FileLimit
{
    /// <summary>Does something that writes a file; .NET takes the limit for a wrong argument, and names no file.</summary>
    /// <exception cref="IOException">The file would become larger than the system lets it be; or as writing throws it.</exception>
    public static void Watch(string path, Action write)
    {
        try
        {
            write();
        }
        catch (ArgumentOutOfRangeException limit) when (limit.ParamName == "value")
        {
            throw new IOException($"{path} would become larger than files may be here (ulimit -f, or the file system's limit)", limit);
        }
    }
}

using Rils.Contract;

namespace Rils.Cli.Hosting;

/// <summary>Looks whether a process can work in the place where it was started.</summary>
static class Surroundings
{
    /// <summary>Open files: the runtime has two for each assembly, 280 in all; the rest is for shards and a GPU's
    /// libraries.</summary>
    const int OpenFiles = 512;

    /// <summary>Names what is lacking and what to do; null where nothing is.</summary>
    public static string? Lack()
    {
        if (OpenFileLimit.Current() is < OpenFiles and var allowed)
            return $"error: {allowed} files may be open at once here, and rils needs {OpenFiles}: "
                + $"allow more by `ulimit -n {OpenFiles}`, or where the limit is set";
        try
        {
            Directory.GetCurrentDirectory();
            return null;
        }
        // MKL ends the process where it cannot tell the folder.
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "error: the current folder is gone, or cannot be read: go to another one by `cd`";
        }
    }
}

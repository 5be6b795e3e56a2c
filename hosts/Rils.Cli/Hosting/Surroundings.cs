using Rils.Contract;

namespace Rils.Cli.Hosting;

/// <summary>Checks whether the process can work in the place where it was started.</summary>
static class Surroundings
{
    /// <summary>The number of files that the process must be allowed to have open. The runtime has two open files for
    /// each assembly, 280 in all; the rest is for shards and a GPU's libraries.</summary>
    const int OpenFiles = 512;

    /// <summary>Names the thing that is lacking, and the fix; null where nothing is lacking.</summary>
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
        // MKL ends the process where it cannot read the path of the current folder.
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "error: the current folder is gone, or cannot be read: go to another one by `cd`";
        }
    }
}

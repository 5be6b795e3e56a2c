using System.Globalization;

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
        if (AllowedFiles() is < OpenFiles and var allowed)
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

    static long? AllowedFiles()
    {
        const string Limits = "/proc/self/limits", Name = "Max open files";
        var line = File.Exists(Limits)
            ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) : null;
        var soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}

using Rils.Cli.Exits;

namespace Rils.Cli.Hosting;

/// <summary>A file that an option asks to be written: a path that cannot be one is told before the work
/// begins.</summary>
static class OutputFile
{
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">As the user gives it.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="UsageException">A folder is there, or the folder that should hold the file is not.</exception>
    public static string Of(string option, string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
            throw new UsageException($"{option} {path}: this is no path of a file to write");
        var full = Path.GetFullPath(path);
        return Directory.Exists(Path.GetDirectoryName(full)) ? full
            : throw new UsageException($"{option} {path}: the folder of this file does not exist; make it first");
    }
}

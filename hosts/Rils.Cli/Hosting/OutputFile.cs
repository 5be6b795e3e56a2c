using Rils.Cli.Exits;

namespace Rils.Cli.Hosting;

/// <summary>Checks the path of a file that a command will write, so that a mistake in the path is reported before the
/// work begins.</summary>
static class OutputFile
{
    /// <summary>Checks the path that an option names.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The path as the user gives it.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="UsageException">The path is empty or that of a folder, or the folder for the file does not
    /// exist.</exception>
    public static string Of(string option, string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
            throw new UsageException($"{option} {path}: this is no path of a file to write");
        var full = Path.GetFullPath(path);
        return Directory.Exists(Path.GetDirectoryName(full)) ? full
            : throw new UsageException($"{option} {path}: the folder of this file does not exist; make it first");
    }
}

using System.Text.RegularExpressions;

namespace Rils.Files;

/// <summary>Files that are being written, beside those that they will replace; a process that is killed leaves them
/// behind.</summary>
static partial class Leftovers
{
    static readonly EnumerationOptions Flat = new() { AttributesToSkip = FileAttributes.ReparsePoint };
    static readonly EnumerationOptions Deep =
        new() { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true };

    /// <summary>Where this process writes a file before it gets its name.</summary>
    public static string Beside(string path) => $"{path}.{Environment.ProcessId}.tmp";

    /// <summary>Whether a file's name is one that <see cref="Beside"/> gives.</summary>
    public static bool Is(string path) => Form().IsMatch(path);

    /// <summary>Removes those of a folder, links left alone. Only whoever holds the folder may do that.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isDeep">Whether to look into the folders in it.</param>
    public static void Remove(string folder, bool isDeep)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.tmp", isDeep ? Deep : Flat).Where(Is).ToArray())
            File.Delete(file);
    }

    [GeneratedRegex(@"[^/]\.[1-9][0-9]*\.tmp\z")]
    private static partial Regex Form();
}

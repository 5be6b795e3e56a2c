using System.Text.RegularExpressions;

namespace Rils.Files;

/// <summary>Temporary files beside the files that they will replace; a killed process leaves them behind.</summary>
static partial class Leftovers
{
    static readonly EnumerationOptions Flat = new() { AttributesToSkip = FileAttributes.ReparsePoint };
    static readonly EnumerationOptions Deep =
        new() { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true };

    /// <summary>The path of the temporary file to which this process writes a file.</summary>
    public static string Beside(string path) => $"{path}.{Environment.ProcessId}.tmp";

    /// <summary>Whether a path has the form that <see cref="Beside"/> gives.</summary>
    public static bool Is(string path) => Form().IsMatch(path);

    /// <summary>Removes the temporary files of a folder and leaves links alone. Only a process that holds the folder
    /// may call this method.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isDeep">Whether to look into the folders below it too.</param>
    public static void Remove(string folder, bool isDeep)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.tmp", isDeep ? Deep : Flat).Where(Is).ToArray())
            File.Delete(file);
    }

    [GeneratedRegex(@"[^/]\.[1-9][0-9]*\.tmp\z")]
    private static partial Regex Form();
}

using System.Text.RegularExpressions;

namespace Rils.Files;

/// <summary>Reads paths as people write them, in files and on the command line.</summary>
public static partial class UserPath
{
    /// <summary>Expands <c>~</c> and <c>~/</c> at the beginning of a path to the home folder, as a shell does; no shell
    /// expands them in a file or behind <c>=</c>.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="expanded">The expanded path; <paramref name="path"/> itself where it is no path.</param>
    /// <returns>Null for a path; otherwise the reason why the text is no path, as the end of a sentence about
    /// it.</returns>
    public static string? Expand(string path, out string expanded)
    {
        expanded = path;
        if (path.Length == 0 || path.Contains('\0')) return "is no path";
        if (Url().IsMatch(path)) return "is a URL: download what is there, and name the file";
        if (path[0] != '~') return null;
        if (path is not ['~'] and not ['~', '/', ..])
            return "begins with ~ and a name: another user's home is not looked up; "
                + $"write the whole path, or ./{path} for a file of that name here";
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0) return "begins with ~, and this user has no home folder: write the whole path";
        expanded = home + path[1..];
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]+://")]
    private static partial Regex Url();
}

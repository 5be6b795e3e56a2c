using System.Text.RegularExpressions;

namespace Rils.Files;

/// <summary>Paths as people write them, in files and on the command line.</summary>
public static partial class UserPath
{
    /// <summary>The path that was meant: <c>~</c> and <c>~/</c> at its beginning are the home folder, as in a shell,
    /// which expands neither in a file nor behind <c>=</c>.</summary>
    /// <param name="path">What was written.</param>
    /// <param name="expanded">The path; what was written where there is none.</param>
    /// <returns>Why it is none, as the end of a sentence about it; null for a path.</returns>
    public static string? Expand(string path, out string expanded)
    {
        expanded = path;
        if (path.Length == 0 || path.Contains('\0')) return "is no path";
        if (Url().IsMatch(path)) return "is a URL: download what is there, and name the file";
        if (path[0] != '~') return null;
        if (path is not ['~'] and not ['~', '/', ..])
            return "begins with ~ and a name: another user's home is not looked up; "
                + $"write the whole path, or ./{path} for what is called so here";
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0) return "begins with ~, and this user has no home folder: write the whole path";
        expanded = home + path[1..];
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]+://")]
    private static partial Regex Url();
}

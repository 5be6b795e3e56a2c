using System.Text.RegularExpressions;

namespace Rils.Configuration;

/// <summary>Names that become folders: the experiment's and the arms'.</summary>
static partial class ExperimentName
{
    public const int MaxLength = 100;

    /// <summary>Reports a name that is no good as the name of a folder.</summary>
    public static void Check(string name, SourceSpan at, Problems problems)
    {
        if (!Pattern().IsMatch(name) || name.Length > MaxLength || name.All(letter => letter == '.'))
            problems.Add(at, $"`{name}` is no good as the name of a folder: use letters, digits, `-`, `_`, `+` and `.`, at most {MaxLength}");
    }

    /// <summary>The name of an experiment that gives none: its file's.</summary>
    public static string Of(string path)
    {
        var name = Others().Replace(Path.GetFileNameWithoutExtension(path), "-").Trim('.');
        return name.Length is > 0 and <= MaxLength ? name : "experiment";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_+.-]+\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"[^A-Za-z0-9_+.-]")]
    private static partial Regex Others();
}

using System.Text.RegularExpressions;

namespace Rils.Configuration;

/// <summary>Names that become names of folders: the experiment's and the arms'.</summary>
static partial class ExperimentName
{
    public const int MaxLength = 100;

    /// <summary>Reports a name that cannot be the name of a folder.</summary>
    public static void Check(string name, SourceSpan at, Problems problems)
    {
        if (Pattern().IsMatch(name) && name.Length <= MaxLength && !name.All(letter => letter == '.')) return;
        problems.Add(at, $"`{name}` is no good as the name of a folder: "
            + $"use letters, digits, `-`, `_`, `+` and `.`, at most {MaxLength}");
    }

    /// <summary>The name of an experiment that gives none: the name of its file.</summary>
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

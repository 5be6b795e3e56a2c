namespace Rils.Runs;

/// <summary>The name and the folder of the moving average of an arm's weights, which is evaluated like an arm of its
/// own.</summary>
public static class ArmAverage
{
    /// <summary>The folder of the average in the folder of its arm.</summary>
    public const string Folder = "average";

    /// <summary>No arm has such a name, since an arm's name has no spaces.</summary>
    const string Suffix = " (average)";

    /// <summary>The name of an arm's average: <c>rils (average)</c>.</summary>
    public static string NameOf(string arm) => arm + Suffix;

    /// <summary>Whether a name is that of an average.</summary>
    public static bool Is(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>The arm of an average; an arm's own name for an arm.</summary>
    public static string ArmOf(string name) => Is(name) ? name[..^Suffix.Length] : name;

    /// <summary>The path of the folder of an arm, or of an average, within the folder of a seed.</summary>
    public static string PathOf(string name) => Is(name) ? Path.Combine(ArmOf(name), Folder) : name;
}

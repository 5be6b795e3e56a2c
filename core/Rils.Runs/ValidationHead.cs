namespace Rils.Runs;

/// <summary>The name under which a head judges arms on its <c>validation</c> data, like a head of its own: sweeps
/// choose by it, and tables show what the head finds on its <c>data</c>.</summary>
public static class ValidationHead
{
    /// <summary>No head of a file has such a name, since a head's name has no spaces.</summary>
    const string Suffix = $" ({Word})";

    /// <summary>The key of the data.</summary>
    internal const string Word = "validation";

    /// <summary>The name for a head: <c>knn (validation)</c>.</summary>
    public static string NameOf(string head) => head + Suffix;

    /// <summary>The head of such a name.</summary>
    internal static string HeadOf(string name) => name[..^Suffix.Length];

    /// <summary>Whether a name is one of these.</summary>
    public static bool Is(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);
}

using Rils.Analysis.Findings;

namespace Rils.Analysis;

/// <summary>The columns in which tables show the levels of arms that sweeps made.</summary>
/// <param name="Keys">The keys of the factors, without that of the arms.</param>
/// <param name="Names">The names by which tables show the keys.</param>
public sealed record FactorColumns(IReadOnlyList<string> Keys, IReadOnlyList<string> Names)
{
    /// <summary>The columns of a comparison; none where no sweep made its arms.</summary>
    public static FactorColumns Of(Comparison comparison)
    {
        string[] keys = [.. comparison.Factors.Values.SelectMany(levels => levels.Keys).Distinct()
            .Where(key => key != Factor.Arms)];
        return new(keys, [.. keys.Select(key => Factor.NameOf(key, keys))]);
    }

    /// <summary>The levels of an arm, one for each key; empty text where the arm has none.</summary>
    public IReadOnlyList<string> Levels(Comparison comparison, string arm) =>
        [.. Keys.Select(key => comparison.Factors.GetValueOrDefault(arm)?.GetValueOrDefault(key) ?? "")];

    /// <summary>The name in the file of the arm that a sweep made this arm of; for any other arm its own.</summary>
    public static string FileArm(Comparison comparison, string arm) =>
        comparison.Factors.GetValueOrDefault(arm)?.GetValueOrDefault(Factor.Arms) ?? arm;

    /// <summary>The name by which tables with these columns show an arm: that of the arm in its file, where name and
    /// levels tell the arm from all others; else its full name.</summary>
    public string NameOf(Comparison comparison, string arm) =>
        comparison.Arms.Count(other => FileArm(comparison, other) == FileArm(comparison, arm)
            && Levels(comparison, other).SequenceEqual(Levels(comparison, arm))) == 1
                ? FileArm(comparison, arm) : arm;
}

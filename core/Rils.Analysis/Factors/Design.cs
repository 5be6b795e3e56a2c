using Rils.Analysis.Findings;
using Rils.Analysis.Joining;

namespace Rils.Analysis.Factors;

/// <summary>Arms of a sweep that have the same factors.</summary>
/// <param name="Factors">The factors, in the order of the sweep, that of the file's arms last.</param>
/// <param name="Arms">The arms.</param>
sealed record Design(IReadOnlyList<Factor> Factors, IReadOnlyList<JoinedArm> Arms)
{
    /// <summary>The designs of all arms, in the order of the arms. Weights' averages are in none.</summary>
    public static IReadOnlyList<Design> Of(IReadOnlyList<JoinedArm> arms) =>
    [
        .. from arm in arms
           where arm.Factors.Count > 1 && !arm.IsAverage
           group arm by string.Join('\n', arm.Factors.Keys.Order(StringComparer.Ordinal)) into alike
           let design = new Design([.. FactorsOf([.. alike])], [.. alike])
           where design.Factors.Count > 0
           select design,
    ];

    /// <summary>Whether each combination of levels has one arm.</summary>
    public bool IsFull => Arms.Count == Factors.Aggregate(1, (count, factor) => count * factor.Levels.Count)
        && Arms.Select(arm => string.Join('\n', Factors.Select(factor => arm.Factors[factor.Key]))).Distinct().Count()
            == Arms.Count;

    static IEnumerable<Factor> FactorsOf(IReadOnlyList<JoinedArm> arms)
    {
        string[] keys = [.. arms[0].Factors.Keys.OrderBy(key => key == Factor.Arms)];
        // The sweeps' own order, which a missing arm does not change.
        var planned = arms.Select(arm => arm.Run.Manifest).Distinct().SelectMany(manifest => manifest.Swept)
            .Select(JoinedArm.LevelsOf).ToArray();
        return from key in keys
               let levels = planned.Select(arm => arm.GetValueOrDefault(key)).OfType<string>().Distinct()
                   .Where(level => arms.Any(arm => arm.Factors[key] == level)).ToArray()
               where levels.Length > 1
               select new Factor(key, Factor.NameOf(key, keys), levels);
    }
}

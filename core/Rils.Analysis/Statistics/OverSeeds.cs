using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Compares arms with one baseline by paired differences of seeds.</summary>
static class OverSeeds
{
    /// <param name="baseline">The baseline's metric for each seed.</param>
    /// <param name="arms">The metric for each seed, for each arm.</param>
    /// <param name="margin">The largest difference that does not matter; null for none.</param>
    /// <returns>A difference for each arm.</returns>
    public static IReadOnlyList<SeedDifference> Of(
        IReadOnlyList<double> baseline, IReadOnlyList<IReadOnlyList<double>> arms, double? margin = null)
    {
        SeedDifference[] found =
            [.. arms.Select(arm => Of(baseline, arm, Comparison.Simultaneous(arms.Count), margin))];
        // An arm that cannot be tested counts among the arms, as one without a difference.
        var corrected = Holm.Correct([.. found.Select(difference => difference.P ?? 1)]);
        return [.. found.Zip(corrected, (difference, p) =>
            difference with { PHolm = difference.P is null ? null : p })];
    }

    static SeedDifference Of(
        IReadOnlyList<double> baseline, IReadOnlyList<double> arm, double level, double? margin)
    {
        double[] differences = [.. arm.Zip(baseline, (own, other) => own - other)];
        var isEnough = differences.Length >= Comparison.SeedsNeeded;
        var degenerate = differences.Length > 1 ? Rounding.Of(differences, [.. arm, .. baseline]) : null;
        var t = differences.Length > 1 && degenerate is null ? PairedT.Of(differences) : null;
        var simultaneous = isEnough ? t?.Interval(level) : null;
        var hasSigns = differences.Length >= Comparison.SeedsForSigns && degenerate != Degenerate.IdenticalOutcomes;
        return new(t?.Interval(Interval.Level), simultaneous, isEnough ? t?.P : null, null,
            hasSigns ? SignFlip.P(differences) : null, degenerate,
            isEnough ? Found(simultaneous) : Finding.TooFewSeeds)
        {
            Equivalence = isEnough && t is not null && margin is { } most
                ? Equal(t.EquivalenceP(most), most, level) : null,
        };
    }

    static Equivalence Equal(double p, double margin, double level) => new(margin, p, p <= 1 - level);

    /// <summary>The conclusion from a simultaneous interval.</summary>
    public static Finding Found(Interval? interval) => interval switch
    {
        null => Finding.NotTestable,
        { Low: > 0 } => Finding.Higher,
        { High: < 0 } => Finding.Lower,
        _ => Finding.NoDifferenceFound,
    };
}

namespace Rils.Analysis.Statistics;

/// <summary>Holm's step-down correction (1979): the chance of a single false finding in the family stays below the
/// level, however the tests depend on each other.</summary>
static class Holm
{
    /// <returns>The corrected p values, in the given order.</returns>
    public static IReadOnlyList<double> Correct(IReadOnlyList<double> raw)
    {
        var corrected = new double[raw.Count];
        var largest = 0.0;
        foreach (var (rank, place) in raw.Index().OrderBy(p => p.Item).Select(p => p.Index).Index())
            corrected[place] = largest = Math.Max(largest, Math.Min(1, raw[place] * (raw.Count - rank)));
        return corrected;
    }
}

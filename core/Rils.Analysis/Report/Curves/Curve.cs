namespace Rils.Analysis.Report.Curves;

/// <summary>An arm's numbers over the steps of a chart; null where it has none, or one that is not finite.</summary>
/// <param name="Arm">Its index in the order of the file.</param>
/// <param name="Mean">Over the seeds that have one.</param>
/// <param name="Low">The smallest of the seeds; null for one seed.</param>
/// <param name="High">The largest.</param>
sealed record Curve(int Arm, IReadOnlyList<double?> Mean, IReadOnlyList<double?>? Low, IReadOnlyList<double?>? High)
{
    /// <summary>Puts the curves of an arm's seeds together.</summary>
    /// <param name="arm">Its index.</param>
    /// <param name="steps">Of the chart.</param>
    /// <param name="seeds">Each seed's numbers by step.</param>
    public static Curve Of(int arm, IReadOnlyList<long> steps, IReadOnlyList<IReadOnlyDictionary<long, double>> seeds)
    {
        double[][] values = [.. steps.Select(step => (double[])[.. seeds.Where(seed => seed.ContainsKey(step)).Select(seed => seed[step])])];
        IReadOnlyList<double?> Each(Func<double[], double> number) =>
            [.. values.Select(found => found.Length > 0 && found.All(double.IsFinite) ? number(found) : (double?)null)];
        return new(arm, Each(Enumerable.Average), seeds.Count > 1 ? Each(Enumerable.Min) : null, seeds.Count > 1 ? Each(Enumerable.Max) : null);
    }
}

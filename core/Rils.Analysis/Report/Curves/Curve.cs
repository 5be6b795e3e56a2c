namespace Rils.Analysis.Report.Curves;

/// <summary>An arm's numbers at the steps of a chart; null where the arm has no number or one that is not
/// finite.</summary>
/// <param name="Arm">The arm's index in the order of the file.</param>
/// <param name="Mean">The mean over the seeds that have a number.</param>
/// <param name="Low">The smallest number of the seeds; null for one seed.</param>
/// <param name="High">The largest number of the seeds; null for one seed.</param>
sealed record Curve(int Arm, IReadOnlyList<double?> Mean, IReadOnlyList<double?>? Low, IReadOnlyList<double?>? High)
{
    /// <summary>Joins the numbers of an arm's seeds to a curve.</summary>
    /// <param name="arm">The arm's index in the order of the file.</param>
    /// <param name="steps">The steps of the chart.</param>
    /// <param name="seeds">For each seed the numbers by step.</param>
    public static Curve Of(int arm, IReadOnlyList<long> steps, IReadOnlyList<IReadOnlyDictionary<long, double>> seeds)
    {
        double[][] values = [.. steps.Select(step =>
            (double[])[.. seeds.Where(seed => seed.ContainsKey(step)).Select(seed => seed[step])])];
        IReadOnlyList<double?> Each(Func<double[], double> number) =>
            [.. values.Select(found => found.Length > 0 && found.All(double.IsFinite) ? number(found) : (double?)null)];
        var isOne = seeds.Count <= 1;
        return new(
            arm, Each(Enumerable.Average), isOne ? null : Each(Enumerable.Min), isOne ? null : Each(Enumerable.Max));
    }
}

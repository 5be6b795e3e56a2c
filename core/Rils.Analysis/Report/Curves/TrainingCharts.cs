using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Report.Curves;

/// <summary>Draws a chart for each number of the training steps: the loss first, the others in the order of the
/// rows.</summary>
static class TrainingCharts
{
    /// <summary>The most points of a curve: more would not be seen and would make the page large. A point of a longer
    /// run is the mean of several steps.</summary>
    public const int MaxPoints = 600;

    const string First = "loss";

    /// <param name="arms">The arms' names, in the order of the file.</param>
    /// <param name="seeds">The rows of each seed.</param>
    /// <param name="most">The most points of a curve.</param>
    public static IReadOnlyList<Chart> Of(
        string[] arms, IReadOnlyList<IReadOnlyList<MetricRow>> seeds, int most)
    {
        var perPoint = seeds.SelectMany(rows => rows).Select(row => row.Step).DefaultIfEmpty(0).Max() / most + 1;
        // For each number and arm: the means of each seed, by the first step of the point.
        var found = new OrderedDictionary<string, List<IReadOnlyDictionary<long, double>>[]> { [First] = Empty(arms) };
        foreach (var rows in seeds)
            foreach (var number in rows
                .SelectMany(row => row.Values.Select(value => (row.Arm, row.Step, value.Key, value.Value)))
                .GroupBy(one => (one.Key, one.Arm)))
            {
                var arm = Array.IndexOf(arms, number.Key.Arm);
                if (arm < 0) continue;
                if (!found.TryGetValue(number.Key.Key, out var curves))
                    found[number.Key.Key] = curves = Empty(arms);
                curves[arm].Add(number.GroupBy(one => one.Step / perPoint * perPoint, one => one.Value)
                    .ToDictionary(point => point.Key, point => point.Average()));
            }
        return [.. found.Where(number => number.Value.Any(curves => curves.Count > 0))
            .Select(number => Of(number.Key, number.Value, perPoint))];
    }

    static List<IReadOnlyDictionary<long, double>>[] Empty(IReadOnlyList<string> arms) =>
        [.. arms.Select(_ => new List<IReadOnlyDictionary<long, double>>())];

    static Chart Of(string name, IReadOnlyList<List<IReadOnlyDictionary<long, double>>> arms, long perPoint)
    {
        long[] steps = [.. arms.SelectMany(seeds => seeds).SelectMany(seed => seed.Keys).Distinct().Order()];
        return new(
            name, steps,
            [.. arms.Index().Where(arm => arm.Item.Count > 0).Select(arm => Curve.Of(arm.Index, steps, arm.Item))],
            StepsPerPoint: perPoint);
    }
}

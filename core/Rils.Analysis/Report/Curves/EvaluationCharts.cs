using Rils.Analysis.Report.Html;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Report.Curves;

/// <summary>Draws a chart for each metric of each head.</summary>
static class EvaluationCharts
{
    /// <param name="arms">The arms' names, in the order of the file.</param>
    /// <param name="outcomes">The outcomes of every seed and arm.</param>
    public static IReadOnlyList<Chart> Of(IReadOnlyList<string> arms, IReadOnlyList<ArmOutcome> outcomes) =>
    [
        .. from head in outcomes.SelectMany(outcome => outcome.Heads).GroupBy(found => found.Head)
           from metric in References.Others(head)
           select Of(arms, outcomes, head.Key, metric, References.Declared(metric, head)),
    ];

    static Chart Of(
        IReadOnlyList<string> arms, IReadOnlyList<ArmOutcome> outcomes, string head, string metric,
        HeadMetric declared)
    {
        IReadOnlyDictionary<long, double>[][] seeds =
            [.. arms.Select(arm => outcomes.Where(outcome => outcome.Arm == arm)
                .Select(outcome => Points(outcome, head, metric)).Where(seed => seed.Count > 0).ToArray())];
        long[] steps = [.. seeds.SelectMany(arm => arm).SelectMany(seed => seed.Keys).Distinct().Order()];
        return new(
            $"{head} {Figures.Named(metric, declared.Unit, declared.Reading)}", steps,
            [.. seeds.Index().Where(arm => arm.Item.Length > 0).Select(arm => Curve.Of(arm.Index, steps, arm.Item))],
            declared.Chance);
    }

    static IReadOnlyDictionary<long, double> Points(ArmOutcome outcome, string head, string metric) => outcome.Heads
        .Where(found => found.Head == head && found.Metrics.ContainsKey(metric)).DistinctBy(found => found.Step)
            .ToDictionary(found => found.Step, found => found.Metrics[metric].Value);
}

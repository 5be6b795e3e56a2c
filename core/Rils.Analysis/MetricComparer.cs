using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;
using Rils.Analysis.Joining;
using Rils.Analysis.Statistics;

namespace Rils.Analysis;

/// <summary>Compares the arms by one metric.</summary>
sealed class MetricComparer(JoinedRuns joined, JoinedArm baseline, SampleValues samples)
{
    public MetricComparison Of(string head, string metric)
    {
        JoinedArm[] arms = [.. joined.Arms.Where(arm => Values(arm, head, metric) is not null)];
        var values = arms.ToDictionary(arm => arm.Name, arm => Values(arm, head, metric)!);
        var outcomes = arms.ToDictionary(arm => arm.Name, arm => samples.Of(arm, head, metric));
        var hasSamples = outcomes.Values.All(found => found is not null);
        string[] others =
            arms.Contains(baseline) ? [.. arms.Where(arm => arm != baseline).Select(arm => arm.Name)] : [];
        var differences =
            others.Length == 0 ? [] : OverSeeds.Of(values[baseline.Name], [.. others.Select(arm => values[arm])]);
        if (hasSamples && others.Length > 0)
        {
            var overSamples =
                OverSamples.Of(joined.Seeds, outcomes[baseline.Name]!, [.. others.Select(arm => outcomes[arm]!)]);
            differences =
                [.. differences.Zip(overSamples, (difference, over) => difference with { OverSamples = over })];
        }
        var toBaseline = others.Zip(differences).ToDictionary(pair => pair.First, pair => pair.Second);
        return new(head, metric, hasSamples ? outcomes.Values.First()![0].Length : null,
            [.. arms.Select(arm => Of(arm.Name, values[arm.Name], toBaseline.GetValueOrDefault(arm.Name)))]);
    }

    static ArmComparison Of(string arm, double[] values, Difference? toBaseline) =>
        new(arm, values, values.Mean(), values.Length > 1 ? values.StandardDeviation() : null, toBaseline);

    /// <summary>The metric for each seed; null where the arm lacks the metric.</summary>
    static double[]? Values(JoinedArm arm, string head, string metric) =>
        arm.Last(head) is { } last && last.All(found => found.Metrics.ContainsKey(metric))
            ? [.. last.Select(found => found.Metrics[metric])] : null;
}

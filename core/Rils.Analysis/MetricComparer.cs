using MathNet.Numerics.Statistics;
using Rils.Analysis.Findings;
using Rils.Analysis.Joining;
using Rils.Analysis.Statistics;
using Rils.Contract;

namespace Rils.Analysis;

/// <summary>Compares the arms by one metric.</summary>
sealed class MetricComparer(JoinedRuns joined, JoinedArm baseline, SampleValues samples)
{
    public MetricComparison Of(string head, string metric)
    {
        JoinedArm[] arms = [.. joined.Arms.Where(arm => Values(arm, head, metric) is not null)];
        var declared = Declared(arms, head, metric);
        var values = arms.ToDictionary(arm => arm.Name, arm => Values(arm, head, metric)!);
        JoinedArm[] others = arms.Contains(baseline) ? [.. arms.Where(arm => arm != baseline)] : [];
        var differences = others.Length == 0
            ? [] : OverSeeds.Of(values[baseline.Name], [.. others.Select(arm => values[arm.Name])]);
        var outcomes = arms.Select(arm => samples.Of(arm, head, metric)).ToArray();
        var hasSamples = outcomes.All(found => found is not null);
        if (hasSamples && others.Length > 0)
        {
            var over = Compared(metric, outcomes[Array.IndexOf(arms, baseline)]!,
                [.. others.Select(arm => outcomes[Array.IndexOf(arms, arm)]!)]);
            differences = [.. differences.Zip(over, (difference, one) => difference with { OverSamples = one })];
        }
        var toBaseline = others.Zip(differences).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return new(head, metric, declared.Reading, declared.Unit, declared.Chance,
            hasSamples ? outcomes[0]![0].Keys.Count : null,
            [.. arms.Select(arm => Of(arm.Name, values[arm.Name], toBaseline.GetValueOrDefault(arm.Name)))]);
    }

    /// <summary>Compares over samples: by the samples' outcomes, or by the heads' values on resamples.</summary>
    IReadOnlyList<SampleDifference?> Compared(
        string metric, IReadOnlyList<SampleOutcomes> own, IReadOnlyList<IReadOnlyList<SampleOutcomes>> others)
    {
        static double[][] Values(
            IEnumerable<SampleOutcomes> seeds, Func<SampleOutcomes, IReadOnlyList<double>> choose) =>
            [.. seeds.Select(seed => choose(seed).ToArray())];
        return own[0].Metrics.ContainsKey(metric)
            ? OverSamples.Of(joined.Seeds, Values(own, seed => seed.Metrics[metric]),
                [.. others.Select(arm => Values(arm, seed => seed.Metrics[metric]))])
            : OverSamples.OfReplicates(Values(own, seed => seed.Replicates[metric]),
                [.. others.Select(arm => Values(arm, seed => seed.Replicates[metric]))]);
    }

    static ArmComparison Of(string arm, double[] values, Difference? toBaseline) =>
        new(arm, values, values.Mean(), values.Length > 1 ? values.StandardDeviation() : null, toBaseline);

    /// <summary>The metric for each seed; null where the arm lacks the metric.</summary>
    static double[]? Values(JoinedArm arm, string head, string metric) =>
        arm.Last(head) is { } last && last.All(found => found.Metrics.ContainsKey(metric))
            ? [.. last.Select(found => found.Metrics[metric].Value)] : null;

    /// <summary>How the heads declare the metric: alike for all arms and seeds.</summary>
    /// <exception cref="InvalidDataException">Two arms differ in the metric's reading, unit or chance.</exception>
    static HeadMetric Declared(IReadOnlyList<JoinedArm> arms, string head, string metric)
    {
        static HeadMetric Unvalued(HeadMetric metric) => metric with { Value = 0 };
        var first = arms[0].Last(head)![0].Metrics[metric];
        var other = arms.FirstOrDefault(arm =>
            arm.Last(head)!.Any(found => Unvalued(found.Metrics[metric]) != Unvalued(first)));
        return other is null ? first : throw new InvalidDataException(
            $"head {head} declares {metric} otherwise for {other.Name} in {other.Run.Folder} than for {arms[0].Name} "
            + $"in {arms[0].Run.Folder} (reading, unit or chance): the plugin or the data is another; "
            + "run one of them anew");
    }
}

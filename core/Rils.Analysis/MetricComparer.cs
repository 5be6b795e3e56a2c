using MathNet.Numerics.Statistics;
using Rils.Analysis.Factors;
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
        var outcomes = arms.Select(arm => samples.Of(arm, head, metric) ?? []).ToArray();
        bool All(Func<SampleOutcomes, bool> has) => outcomes.All(seeds => seeds.Count > 0 && seeds.All(has));
        var isMean = All(seed => seed.Metrics.ContainsKey(metric));
        var hasSamples = isMean || All(seed => seed.Replicates.ContainsKey(metric));
        var clusters = isMean ? outcomes[0][0].Clusters : null;
        JudgedArm[] judged = [.. arms.Zip(outcomes, (arm, seeds) => new JudgedArm(Values(arm, head, metric)!,
            hasSamples ? [.. seeds.Select(seed => (isMean ? seed.Metrics : seed.Replicates)[metric].ToArray())] : [],
            clusters))];
        var primary = joined.Primary is { } named && named.Is(head, metric) ? named : null;
        var own = Array.IndexOf(arms, baseline);
        JudgedArm[] others = own < 0 ? [] : [.. judged.Where((_, arm) => arm != own)];
        var toBaseline = others.Zip(others.Length == 0 ? []
            : Differences(judged[own], others, hasSamples, isMean, primary?.Margin))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        return new(head, metric, declared.Reading, declared.Unit, declared.Chance,
            hasSamples ? outcomes[0][0].Keys.Count : null, clusters?.Distinct().Count(),
            [.. arms.Zip(judged, (arm, one) =>
                ArmComparison.Of(arm.Name, one.Values, toBaseline.GetValueOrDefault(one)))])
        {
            IsPrimary = primary is not null,
            Factors = [.. Design.Of(arms).Select(design => Of(design, head, metric))],
        };
    }

    FactorComparison Of(Design design, string head, string metric) => new(
        design.Factors, [.. design.Arms.Select(arm => arm.Name)], design.IsFull
            ? Effects.Of(design, [.. design.Arms.Select(arm => Values(arm, head, metric)!)], baseline.Name) : []);

    /// <summary>The difference of each arm to the baseline by the three questions.</summary>
    IEnumerable<Difference> Differences(
        JudgedArm own, IReadOnlyList<JudgedArm> others, bool hasSamples, bool isMean, double? margin)
    {
        var overSeeds = OverSeeds.Of(own.Values, [.. others.Select(arm => arm.Values)], margin);
        var overSamples = isMean ? OverSamples.Of(joined.Seeds, own, others)
            : hasSamples ? OverSamples.OfReplicates(joined.Seeds, own, others) : null;
        var overBoth = isMean ? OverBoth.Of(own, others) : null;
        return others.Select((arm, place) => new Difference(
            arm.Values.Zip(own.Values, (one, other) => one - other).Mean(),
            overSeeds[place], overSamples?[place], overBoth?[place]));
    }

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

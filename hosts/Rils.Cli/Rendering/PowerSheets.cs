using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Power;
using Rils.Analysis.Sheets;

namespace Rils.Cli.Rendering;

/// <summary>Makes the tables of the power of a planned comparison.</summary>
static class PowerSheets
{
    static readonly int[] Usual = [3, 5, 8, 10, 20];

    static readonly string share = Figures.Share(SeedPower.Wanted);

    /// <summary>The smallest difference that some numbers of seeds find, those of the plan among them.</summary>
    public static Sheet OfSeeds(PlannedComparison plan) => new(
        $"Smallest difference that is found with {share}, in standard deviations of the paired differences:",
        ["seeds", "difference"],
        [.. from seeds in Usual.Append(Math.Max(plan.Seeds, Comparison.SeedsNeeded)).Distinct().Order()
            select (string[])[$"{seeds}", Figures.Spread(SeedPower.SmallestDifference(seeds, plan.Arms - 1))]],
        []);

    /// <summary>The smallest difference that the plan finds and the seeds that a difference takes, by each metric of a
    /// finished run.</summary>
    /// <param name="powers">The power by each metric.</param>
    /// <param name="pilot">The finished run's comparison.</param>
    /// <param name="plan">The planned comparison.</param>
    /// <param name="folder">The finished run's folder.</param>
    public static Sheet Of(
        IReadOnlyList<MetricPower> powers, Comparison pilot, PlannedComparison plan, string folder)
    {
        string[] columns =
            ["metric", "sd", "95% interval", "smallest", "range", "to find", "difference", "seeds", "range"];
        var rows = from head in powers.GroupBy(power => (power.IsPrimary, power.Metric.Head))
                   let title = $"{head.Key.Head}{(head.Key.IsPrimary ? ", primary" : "")}:"
                   from row in head.SelectMany(Rows).Prepend([title, .. columns.Skip(1).Select(_ => "")])
                   select row;
        return new Sheet($"Spread of {pilot.Seeds.Count} seeds in {folder}, paired differences to arm "
            + $"{pilot.Baseline}:", columns, [.. rows], [.. Notes(powers, pilot, plan)]).Filled();
    }

    static IEnumerable<IReadOnlyList<string>> Rows(MetricPower power)
    {
        var name = Figures.Named(power.Metric);
        string[] own = power.Deviation is not { } deviation ? [name, "no spread", "", "", ""]
            :
            [
                name, Figures.Spread(deviation.Value), Range(deviation.Interval), Figures.Spread(power.Smallest),
                Range(power.SmallestRange),
            ];
        return power.Sought.Count == 0 ? [[.. own, "", "", "", ""]]
            : power.Sought.Select((sought, place) => (IReadOnlyList<string>)
                [.. place == 0 ? own : ["", "", "", "", ""], .. Cells(sought)]);
    }

    static string[] Cells(SoughtDifference sought) =>
    [
        sought.Arm ?? "margin",
        sought.Arm is null ? Figures.Spread(sought.Difference) : Figures.Signed(sought.Difference),
        Seeds(sought.Seeds), sought is { Fewest: { } fewest, Most: var most } ? $"{fewest} to {Seeds(most)}" : "",
    ];

    static IEnumerable<string> Notes(
        IReadOnlyList<MetricPower> powers, Comparison pilot, PlannedComparison plan)
    {
        var others = plan.Arms - 1;
        var pooled = pilot.Arms.Count == 2 ? "" : ", pooled over arms";
        yield return $"sd: of the paired differences between seeds{pooled}; its interval by chi-squared with "
            + $"{pilot.Seeds.Count - 1} degrees of freedom. The other ranges follow from its two ends.";
        if (plan.Seeds >= Comparison.SeedsNeeded)
            yield return $"smallest: the smallest difference that {plan.Seeds} seeds find with {share}, for "
                + (others == 1 ? "a single arm" : $"each of {others} arms") + " beside the baseline.";
        yield return $"seeds: how many find the difference with {share}, at least {Comparison.SeedsNeeded}.";
        if (powers.SelectMany(power => power.Sought).Any(sought => sought.Arm is not null))
            yield return "A difference that the run saw is uncertain too, and one that was picked for its size is too "
                + "large: decide which difference matters.";
    }

    static string Seeds(int? seeds) =>
        seeds is { } count ? Figures.Count(count) : $"over {Figures.Count(SeedPower.MostSeeds)}";

    static string Range(Interval? interval) =>
        interval is null ? "" : $"{Figures.Spread(interval.Low)} to {Figures.Spread(interval.High)}";
}

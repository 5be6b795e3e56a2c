using MathNet.Numerics.Statistics;
using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Power;
using Rils.Runs;

namespace Rils.Tests.Analysis;

/// <summary>The power of a planned experiment from the spread that a finished run saw.</summary>
public sealed class PilotPowerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-power-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Figures_are_those_of_standard_deviations_in_the_metrics_unit()
    {
        var pilot = Pilot(new() { Seeds = [0, 1, 2, 3], Arms = [("a", 0.6), ("b", 0.5), ("clip", 0.4)] });
        var power = PilotPower.Of(pilot, new(Seeds: 5, Arms: 4, null))[0];
        var arms = pilot.Metrics[0].Arms;
        double[] Differences(int arm) => [.. arms[arm].Values.Zip(arms[2].Values, (own, other) => own - other)];
        var sd = Math.Sqrt((Differences(0).Variance() + Differences(1).Variance()) / 2);
        var spread = power.Deviation!;
        Assert.Equal((sd, 4, 2), (spread.Value, spread.Seeds, spread.Arms), Within(1e-12));
        // Four seeds: chi-squared with 3 degrees of freedom, 0.2157953 and 9.348404.
        Assert.Equal(sd * Math.Sqrt(3 / 9.348404), spread.Interval.Low, 1e-6 * sd);
        Assert.Equal(sd * Math.Sqrt(3 / 0.2157953), spread.Interval.High, 1e-6 * sd);
        // The planned experiment has three arms beside its baseline, whatever the pilot has.
        var smallest = SeedPower.SmallestDifference(5, 3);
        Assert.Equal(smallest * sd, power.Smallest!.Value, 1e-12);
        Assert.Equal(smallest * spread.Interval.Low, power.SmallestRange!.Low, 1e-12);
        Assert.Equal(smallest * spread.Interval.High, power.SmallestRange.High, 1e-12);
        Assert.Equal(["a", "b"], power.Sought.Select(sought => sought.Arm));
        foreach (var (place, sought) in power.Sought.Index())
        {
            var seen = Differences(place).Mean();
            Assert.Equal(seen, sought.Difference, 1e-12);
            Assert.Equal(SeedPower.SeedsNeeded(seen / sd, 3), sought.Seeds);
            Assert.Equal(SeedPower.SeedsNeeded(seen / spread.Interval.Low, 3), sought.Fewest);
            Assert.Equal(SeedPower.SeedsNeeded(seen / spread.Interval.High, 3), sought.Most);
            Assert.True(sought.Fewest <= sought.Seeds && (sought.Most is null || sought.Seeds < sought.Most));
        }
    }

    [Fact]
    public void The_primary_metric_comes_first_and_its_margin_is_sought_in_no_other()
    {
        var pilot = Pilot(new() { Seeds = [0, 1, 2] });
        var powers = PilotPower.Of(pilot, new(3, 2, new("zero-shot.mean_per_class", 0.05)));
        Assert.Equal([("mean_per_class", true), ("top1", false)],
            powers.Select(power => (power.Metric.Metric, power.IsPrimary)));
        var sought = Assert.Single(powers[0].Sought);
        Assert.Equal((null, 0.05, SeedPower.SeedsNeeded(0.05 / powers[0].Deviation!.Value, 1)),
            (sought.Arm, sought.Difference, sought.Seeds));
        Assert.Equal("rils", Assert.Single(powers[1].Sought).Arm);
        Assert.Equal("rils", Assert.Single(PilotPower.Of(pilot, new(3, 2, new("zero-shot.top1", null)))[0].Sought).Arm);
    }

    [Fact]
    public void Too_few_planned_seeds_find_nothing_and_still_learn_how_many_it_takes()
    {
        var power = PilotPower.Of(Pilot(new() { Seeds = [0, 1, 2] }), new(2, 2, null))[0];
        Assert.Equal((null, null), (power.Smallest, power.SmallestRange));
        Assert.True(Assert.Single(power.Sought).Seeds >= Comparison.SeedsNeeded);
    }

    [Fact]
    public void Differences_that_do_not_vary_have_no_part_in_the_spread()
    {
        var both = Pilot(new() { Seeds = [0, 1, 2], Arms = [("a", 0.6), ("same", 0.4), ("clip", 0.4)] });
        var alone = Pilot(new() { Seeds = [0, 1, 2], Arms = [("a", 0.6), ("clip", 0.4)] });
        var power = PilotPower.Of(both, new(3, 3, null))[0];
        Assert.Equal(PilotPower.Of(alone, new(3, 3, null))[0].Deviation, power.Deviation);
        // No number of seeds finds a difference of 0.
        Assert.Equal(new SoughtDifference("same", 0, null, null, null), power.Sought[1]);
        var none = PilotPower.Of(Pilot(new() { Seeds = [0, 1, 2], Arms = [("same", 0.4), ("clip", 0.4)] }),
            new(3, 2, null))[0];
        Assert.Equal((null, null, 0), (none.Deviation, none.Smallest, none.Sought.Count));
    }

    Comparison Pilot(FakeRun run) =>
        Comparer.Compare([run.Write(Path.Combine(folder, Path.GetRandomFileName()))], new());

    static Func<(double, int, int), (double, int, int), bool> Within(double tolerance) => (expected, found) =>
        Math.Abs(expected.Item1 - found.Item1) < tolerance
            && (expected.Item2, expected.Item3) == (found.Item2, found.Item3);
}

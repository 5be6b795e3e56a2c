using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Contract;
using Rils.Files;
using Rils.Runs;
using ArmDifference = Rils.Analysis.Findings.Difference;

namespace Rils.Tests.Analysis;

public sealed class ComparerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-compare-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string this[string name] => Path.Combine(folder, name);

    [Fact]
    public void Figures_are_those_of_plain_counting()
    {
        var run = new FakeRun().Write(this["run"]);
        var comparison = Comparer.Compare([run], new());
        Assert.Equal(("clip", 6), (comparison.Baseline, comparison.Seeds.Count));
        Assert.Equal(["top1", "mean_per_class"], comparison.Metrics.Select(metric => metric.Metric));
        Assert.Equal([("samples", FakeRun.Samples)],
            comparison.References["zero-shot"].Select(pair => (pair.Key, pair.Value.Value)));
        Assert.Equal(0.1, comparison.Metrics[0].Chance);
        var (rils, clip) = (Arm(comparison, "rils"), Arm(comparison, "clip"));
        Assert.Null(clip.ToBaseline);
        var differences = rils.Values.Zip(clip.Values, (own, other) => own - other).ToArray();
        Assert.Equal(differences.Average(), rils.ToBaseline!.Mean, 1e-12);
        Assert.All(differences, difference => Assert.True(difference > 0));
        var over = rils.ToBaseline.OverSeeds;
        Assert.Equal((2.0 / 64, Finding.Higher), (over.SignFlipP!.Value, over.Finding));
        // One arm is compared, so nothing is corrected.
        Assert.Equal((over.Interval, over.P), (over.Simultaneous, over.PHolm));
        Assert.InRange(over.P!.Value, 1e-12, 0.05);
        // Arm rils gets every sample right that arm clip gets right: both have the same luck, and rils has more skill.
        Assert.All(rils.ToBaseline.OverSamples!.Models.Zip(differences), pair =>
        {
            var (model, difference) = pair;
            Assert.Equal(difference, model.Mean, 1e-12);
            Assert.Equal(((int)Math.Round(difference * FakeRun.Samples), 0),
                (model.Test!.OnlyArm, model.Test.OnlyBaseline));
            Assert.Equal(Math.Min(1, Math.Pow(2, 1 - model.Test.OnlyArm)), model.Test.P, 1e-12);
            Assert.True(model.Interval!.Low < difference && difference < model.Interval.High);
        });
        Assert.InRange(rils.ToBaseline.OverSamples.Correlation!.Value, 0.2, 0.95);
        AssertHolds(rils.ToBaseline.OverSamples.Interval!, rils.ToBaseline.Mean);
        // Samples that vary too make the interval over both the widest.
        var both = rils.ToBaseline.OverBoth!;
        AssertHolds(both.Interval!, rils.ToBaseline.Mean);
        Assert.True(both.Interval!.Low < over.Interval!.Low && over.Interval.High < both.Interval.High);
        // A mean over classes has no value for a single sample.
        Assert.Null(comparison.Metrics[1].Samples);
        Assert.Equal((null, null), (comparison.Metrics[1].Arms[0].ToBaseline!.OverSamples,
            comparison.Metrics[1].Arms[0].ToBaseline!.OverBoth));

        static void AssertHolds(Interval interval, double difference) =>
            Assert.True(0 < interval.Low && interval.Low < difference && difference < interval.High);
    }

    [Fact]
    public void The_average_of_an_arms_weights_is_compared_like_an_arm_and_is_no_baseline_unasked()
    {
        var run = new FakeRun { Averages = new() { ["rils"] = 0.7, ["clip"] = 0.5 } }.Write(this["run"]);
        var comparison = Comparer.Compare([run], new());
        Assert.Equal(["rils", "rils (average)", "clip", "clip (average)"], comparison.Arms);
        Assert.Equal("clip", comparison.Baseline);
        var average = Arm(comparison, "rils (average)");
        Assert.True(average.Mean > Arm(comparison, "rils").Mean);
        Assert.NotNull(average.ToBaseline!.OverSamples);
        Assert.Equal("clip (average)", Compare(run, "clip (average)").Baseline);
    }

    [Fact]
    public void The_average_of_an_arm_that_stopped_early_is_left_out_with_it_and_named_once()
    {
        var run = new FakeRun { Averages = new() { ["rils"] = 0.7, ["clip"] = 0.5 }, Failing = ["rils"] }
            .Write(this["run"]);
        var comparison = Comparer.Compare([run], new());
        Assert.Equal(["clip", "clip (average)"], comparison.Arms);
        Assert.Equal("arm rils stopped early for seed 0, so it is left out: it burst", Assert.Single(comparison.Notes));
    }

    [Fact]
    public void Averages_of_one_name_in_two_folders_are_told_apart()
    {
        string Run(string name, double skill) =>
            new FakeRun { Arms = [("rils", skill)], Averages = new() { ["rils"] = skill } }.Write(this[name]);
        Assert.Equal(["rils@one", "rils (average)@one", "rils@two", "rils (average)@two"],
            Comparer.Compare([Run("one", 0.5), Run("two", 0.6)], new()).Arms);
    }

    [Fact]
    public void Swapped_arms_have_the_other_sign()
    {
        var run = new FakeRun { Arms = [("a", 0.7), ("b", 0.5)] }.Write(this["run"]);
        var (forth, back) = (Arm(Compare(run, "b"), "a").ToBaseline!, Arm(Compare(run, "a"), "b").ToBaseline!);
        Assert.Equal(forth.Mean, -back.Mean, 1e-12);
        AssertTurned(forth.OverSeeds.Simultaneous, back.OverSeeds.Simultaneous);
        AssertTurned(forth.OverSamples!.Interval, back.OverSamples!.Interval);
        AssertTurned(forth.OverBoth!.Interval, back.OverBoth!.Interval);
        Assert.All(forth.OverSamples.Models.Zip(back.OverSamples.Models),
            pair => AssertTurned(pair.First.Interval, pair.Second.Interval));
        Assert.Equal((forth.OverSeeds.SignFlipP, forth.OverSamples.Correlation),
            (back.OverSeeds.SignFlipP, back.OverSamples.Correlation));
        Assert.Equal(forth.OverSeeds.P!.Value, back.OverSeeds.P!.Value, 1e-12);
        Assert.Equal((Finding.Higher, Finding.Lower), (forth.OverSeeds.Finding, back.OverSeeds.Finding));
        Assert.Equal(
            forth.OverSamples.Models.Select(model => (model.Test!.OnlyArm, model.Test.OnlyBaseline, model.Test.P)),
            back.OverSamples.Models.Select(model => (model.Test!.OnlyBaseline, model.Test.OnlyArm, model.Test.P)));

        static void AssertTurned(Interval? forth, Interval? back)
        {
            Assert.Equal(forth!.Low, -back!.High, 1e-12);
            Assert.Equal(forth.High, -back.Low, 1e-12);
        }
    }

    [Fact]
    public void Equal_arms_have_identical_outcomes_and_no_interval()
    {
        var run = new FakeRun { Arms = [("a", 0.5), ("b", 0.5)] }.Write(this["run"]);
        var difference = Arm(Compare(run, "b"), "a").ToBaseline!;
        Assert.Equal(0, difference.Mean);
        Assert.Equal(new(null, null, null, null, null, Degenerate.IdenticalOutcomes, Finding.NotTestable),
            difference.OverSeeds);
        Assert.Equal((null, Degenerate.IdenticalOutcomes),
            (difference.OverSamples!.Interval, difference.OverSamples.Degenerate));
        Assert.Equal((null, null, Degenerate.IdenticalOutcomes), (difference.OverBoth!.Interval,
            difference.OverBoth.Simultaneous, difference.OverBoth.Degenerate));
        // Proportions are uncertain though no sample tells the two models apart.
        Assert.All(difference.OverSamples.Models, model => Assert.Equal((0, new(0, 0, 1, 1), true),
            (model.Mean, model.Test!, model.Interval!.Low < 0 && 0 < model.Interval.High)));
        Assert.Equal(1, difference.OverSamples.Correlation!.Value, 1e-12);
    }

    [Fact]
    public void The_order_of_folders_changes_no_figure()
    {
        var (first, second) = (new FakeRun { Arms = [("a", 0.7), ("b", 0.5)] }.Write(this["first"]),
            new FakeRun { Arms = [("c", 0.6)] }.Write(this["second"]));
        Assert.Equal(ByName([first, second]), ByName([second, first]));
        Assert.Equal("b", Comparer.Compare([first, second], new()).Baseline);

        string[] ByName(string[] folders) => [.. Comparer.Compare(folders, new() { Baseline = "b" }).Metrics
            .Select(metric => RunJson.Write(metric.Arms.OrderBy(arm => arm.Arm)))];
    }

    [Fact]
    public void Another_arm_changes_no_raw_figure_and_corrects_the_others()
    {
        var two = Arm(Compare(new FakeRun { Arms = [("a", 0.7), ("b", 0.5)] }.Write(this["two"]), "b"), "a");
        var more = new FakeRun { Arms = [("c", 0.9), ("a", 0.7), ("b", 0.5)] }.Write(this["three"]);
        var three = Arm(Compare(more, "b"), "a");
        var (alone, among) = (two.ToBaseline!.OverSeeds, three.ToBaseline!.OverSeeds);
        Assert.Equal((alone.P, alone.Interval), (among.P, among.Interval));
        Assert.InRange(among.PHolm!.Value, alone.PHolm!.Value, 2 * alone.P!.Value);
        Assert.True(among.Simultaneous!.Low < alone.Simultaneous!.Low
            && alone.Simultaneous.High < among.Simultaneous.High);
        Assert.True(three.ToBaseline.OverBoth!.Simultaneous!.Low < two.ToBaseline.OverBoth!.Simultaneous!.Low);
        Assert.All(two.ToBaseline.OverSamples!.Models.Zip(three.ToBaseline.OverSamples!.Models),
            pair => Assert.True(pair.Second.Test!.PHolm >= pair.First.Test!.PHolm));
        Assert.Equal(RunJson.Write(Raw(two)), RunJson.Write(Raw(three)));

        static ArmComparison Raw(ArmComparison arm) => arm with
        {
            ToBaseline = arm.ToBaseline! with
            {
                OverSeeds = arm.ToBaseline.OverSeeds with { Simultaneous = null, PHolm = null },
                OverSamples = arm.ToBaseline.OverSamples! with
                {
                    Models = [.. arm.ToBaseline.OverSamples.Models
                        .Select(model => model with { Test = model.Test! with { PHolm = 0 } })],
                },
                OverBoth = arm.ToBaseline.OverBoth! with { Simultaneous = null },
            },
        };
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void With_fewer_than_three_seeds_nothing_is_concluded(int seeds, bool hasInterval)
    {
        var difference = Rils(new FakeRun { Seeds = [.. Enumerable.Range(0, seeds).Select(seed => (long)seed)] });
        Assert.Equal(new(difference.OverSeeds.Interval, null, null, null, null, null, Finding.TooFewSeeds),
            difference.OverSeeds);
        Assert.Equal(hasInterval, difference.OverSeeds.Interval is not null);
        Assert.Null(difference.OverBoth);
        Assert.Equal(seeds, difference.OverSamples!.Models.Count);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Three_seeds_conclude_and_six_have_signs_as_a_check(int seeds, bool hasSigns)
    {
        var difference = Rils(new FakeRun { Seeds = [.. Enumerable.Range(0, seeds).Select(seed => (long)seed)] });
        Assert.Equal(difference.OverSeeds.Simultaneous!.Low > 0 ? Finding.Higher : Finding.NoDifferenceFound,
            difference.OverSeeds.Finding);
        Assert.Equal(hasSigns, difference.OverSeeds.SignFlipP is not null);
        Assert.NotNull(difference.OverBoth!.Simultaneous);
    }

    [Fact]
    public void Outcomes_that_are_not_right_or_wrong_have_intervals_and_no_test()
    {
        var over = Rils(new FakeRun { IsBinary = false }).OverSamples!;
        Assert.All(over.Models.Select(model => model.Interval).Prepend(over.Interval), interval =>
            Assert.True(0 < interval!.Low && interval.Low < interval.High));
        Assert.All(over.Models, model => Assert.Null(model.Test));
    }

    ArmDifference Rils(FakeRun run) => Arm(Comparer.Compare([run.Write(this["run"])], new()), "rils").ToBaseline!;

    [Fact]
    public void An_arm_that_stopped_early_is_left_out_and_named()
    {
        var run = new FakeRun { Arms = [("a", 0.7), ("b", 0.5), ("c", 0.6)], Failing = ["c"] }.Write(this["run"]);
        var comparison = Comparer.Compare([run], new());
        Assert.Equal(["a", "b"], comparison.Arms);
        Assert.Equal("arm c stopped early for seed 0, so it is left out: it burst", Assert.Single(comparison.Notes));
        Assert.Contains("arm c stopped early", Refusal(() => Compare(run, "c")));
        Assert.Contains("nothing can be compared: arm a stopped",
            Refusal(() => Compare(new FakeRun { Arms = [("a", 0.7)], Failing = ["a"] }.Write(this["none"]), null)));
    }

    [Fact]
    public void Some_arms_alone_are_told_to_be_some_and_any_of_them_can_be_the_baseline()
    {
        var run = new FakeRun
        {
            Arms = [("rils", 0.6), ("mae", 0.5), ("clip", 0.4)], Averages = { ["rils"] = 0.7, ["mae"] = 0.5 },
            Failing = ["mae"],
        }.Write(this["run"]);
        Comparison Only(string? baseline, params string[] arms) =>
            Comparer.Compare([run], new() { Arms = arms, Baseline = baseline });
        var average = Only(null, "rils (average)");
        Assert.Equal(("rils (average)", 1), (average.Baseline, average.Arms.Count));
        Assert.Contains("2 arms are left out by --arm; the intervals hold at once for those shown alone, which nobody "
            + "should choose by their figures", average.Notes);
        Assert.Equal(["rils", "clip"], Only("clip", "rils").Arms);
        Assert.StartsWith("--baseline none: no arm", Refusal(() => Only("none", "rils")));
        Assert.StartsWith("--arm none: no arm", Refusal(() => Only(null, "none")));
        // The average of an arm that stopped is missing for that reason, and nobody removed it.
        Assert.DoesNotContain(average.Notes, note => note.Contains("was removed"));
    }

    [Fact]
    public void Clusters_are_counted_and_told_and_have_no_test()
    {
        var run = new FakeRun { ClusterSize = 4 }.Write(this["run"]);
        var comparison = Comparer.Compare([run], new());
        var metric = comparison.Metrics.Single(own => own.Metric == "top1");
        Assert.Equal((FakeRun.Samples, FakeRun.Samples / 4), (metric.Samples, metric.Clusters));
        Assert.All(metric.Arms[0].ToBaseline!.OverSamples!.Models, model => Assert.Null(model.Test));
        Assert.Equal("zero-shot top1: 40 samples in 10 clusters of connected ones (captions of one image, images of "
            + "one caption), which are drawn whole; no McNemar, which takes samples for independent.",
            Assert.Single(Questions.Clustered(comparison)));
        Assert.Contains("judged other samples for top1", Refusal(() => Comparer.Compare(
            [run, new FakeRun { ClusterSize = 5, Arms = [("new", 0.5)] }.Write(this["other"])], new())));
    }

    [Fact]
    public void What_is_missing_is_said_with_how_to_mend_it()
    {
        var run = new FakeRun().Write(this["run"]);
        File.WriteAllText(Path.Combine(run, "seed-3", "outcome.json"), "[");
        Assert.Equal($"{run} is not finished: seed 3 of 0, 1, 2, 3, 4, 5 left a damaged outcome.json; "
            + $"finish it by: rils run --resume {run}", Refusal(() => Compare(run, null)));
        new FakeRun().Write(run);
        var samples = Path.Combine(run, "seed-2", "clip", "samples.json");
        foreach (var damaged in (string?[])[null, "{}",
            File.ReadAllText(samples).Replace("\"version\":3", "\"version\":2"),
            File.ReadAllText(samples).Replace("[1,", "[0,").Replace("[0,0,", "[1,1,")])
        {
            if (damaged is null) File.Delete(samples);
            else File.WriteAllText(samples, damaged);
            Assert.Equal($"{samples} is missing or damaged, or of another version: "
                + $"make it again by: rils run --resume {run}", Refusal(() => Compare(run, null)));
        }
        File.WriteAllText(Path.Combine(run, "manifest.json"), "{}");
        Assert.Contains("manifest.json is missing, damaged, or was edited", Refusal(() => Compare(run, null)));
        File.Delete(Path.Combine(run, "manifest.json"));
        Assert.Contains("is no run folder: it has no manifest.json", Refusal(() => Compare(run, null)));
        Assert.Contains("does not exist", Refusal(() => Compare(this["none"], null)));
    }

    [Fact]
    public void Heads_and_metrics_are_filtered_and_unknown_names_are_refused_with_the_known()
    {
        var run = new FakeRun().Write(this["run"]);
        Assert.Equal("mean_per_class", Assert.Single(Comparer.Compare([run], new() { Heads = ["zero-shot"],
            Metrics = ["mean_per_class"] }).Metrics).Metric);
        Assert.Equal("--metric top7: no metric has this name; the names are top1, mean_per_class",
            Refusal(() => Comparer.Compare([run], new() { Metrics = ["top7"] })));
        Assert.Equal("--head x: no head has this name; the names are zero-shot",
            Refusal(() => Comparer.Compare([run], new() { Heads = ["x"] })));
        Assert.Equal("--baseline x: no arm that can be compared has this name; the names are rils, clip",
            Refusal(() => Compare(run, "x")));
    }

    /// <summary>The interval is the one that plain code finds: the difference of the arms' values on each resample, as
    /// the mean over the seeds, and then the quantiles of NumPy and R (type 7).</summary>
    [Fact]
    public void A_metric_that_is_no_mean_is_compared_resample_by_resample()
    {
        var fake = new FakeRun { HasError = true };
        var error = Comparer.Compare([fake.Write(this["run"])], new() { Metrics = ["error"] }).Metrics.Single();
        Assert.Equal((MetricReading.LowerIsBetter, "px", (int?)FakeRun.Samples),
            (error.Reading, error.Unit, error.Samples));
        double[][] Errors(double skill) => [.. fake.Seeds.Select(seed => fake.Outcomes(seed, skill)).Select(outcomes =>
            Resampling.Of(FakeRun.Keys("sample-"), times => FakeRun.Error(outcomes, times)).ToArray())];
        var (own, other) = (Errors(0.6), Errors(0.4));
        double[] drawn = [.. Enumerable.Range(0, Resampling.Count).Select(resample =>
            own.Zip(other, (one, two) => one[resample] - two[resample]).Average()).Order()];
        double Quantile(double share)
        {
            var place = share * (drawn.Length - 1);
            var below = (int)Math.Floor(place);
            return drawn[below] + (place - below) * (drawn[below + 1] - drawn[below]);
        }
        var over = error.Arms[0].ToBaseline!.OverSamples!;
        Assert.Equal(Quantile(0.025), over.Interval!.Low, 1e-12);
        Assert.Equal(Quantile(0.975), over.Interval.High, 1e-12);
        Assert.All(over.Models, model => Assert.Null(model.Test));
        Assert.Equal(error.Arms[0].Values.Zip(error.Arms[1].Values, (own, other) => own - other),
            over.Models.Select(model => model.Mean));
        Assert.Equal((null, null), (over.Correlation, error.Arms[0].ToBaseline!.OverBoth));
        Assert.Equal("better", Figures.Of(error.Arms[0].ToBaseline!.OverSeeds.Finding, error.Reading));
    }

    [Fact]
    public void A_metric_that_two_runs_declare_in_two_ways_is_refused()
    {
        var (first, second) = (new FakeRun { HasError = true }.Write(this["first"]),
            new FakeRun { HasError = true, Arms = [("c", 0.5)], Unit = "cm" }.Write(this["second"]));
        var message = Refusal(() => Comparer.Compare([first, second], new()));
        Assert.StartsWith("head zero-shot declares error otherwise for c in ", message);
        Assert.Contains("(reading, unit or chance)", message);
    }

    static Comparison Compare(string run, string? baseline) => Comparer.Compare([run], new() { Baseline = baseline });

    static ArmComparison Arm(Comparison comparison, string arm) =>
        comparison.Metrics[0].Arms.Single(one => one.Arm == arm);

    static string Refusal(Action action) => Assert.Throws<InvalidDataException>(action).Message;
}

using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;
using Rils.Runs;

namespace Rils.Tests.Analysis;

/// <summary>The factors of a sweep, their levels and their effects.</summary>
public sealed class FactorTests : IDisposable
{
    const string Ratio = "masking.ratio", Target = "target.kind";
    readonly string folder = Directory.CreateTempSubdirectory("rils-factors-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Effects_are_those_of_plain_counting()
    {
        var metric = Compare(Points(), "rils-0.75-pixel").Metrics[0];
        var factors = Assert.Single(metric.Factors);
        Assert.Equal([(Ratio, "ratio", "0.5 0.75 0.9"), (Target, "target", "language pixel")],
            factors.Factors.Select(factor => (factor.Key, factor.Name, string.Join(' ', factor.Levels))));
        double Of(string ratio, string target, int seed) =>
            metric.Arms.Single(arm => arm.Arm == $"rils-{ratio}-{target}").Values[seed];
        double Mean(string ratio, int seed) => (Of(ratio, "language", seed) + Of(ratio, "pixel", seed)) / 2;
        void AssertIs(EffectKind kind, string[] levels, int together, Func<int, double> plain)
        {
            var effect = factors.Effects.Single(one => one.Kind == kind && one.Levels.SequenceEqual(levels));
            var t = PairedT.Of([.. Enumerable.Range(0, 4).Select(plain)]);
            Assert.Equal(t.Mean, effect.Mean, 1e-12);
            Assert.Equal(t.P, effect.P!.Value, 1e-9);
            Assert.Equal(t.Interval(1 - 0.05 / together).High, effect.Interval!.High, 1e-9);
            Assert.Equal(effect.Interval.Low > 0 ? Finding.Higher : effect.Interval.High < 0 ? Finding.Lower
                : Finding.NoDifferenceFound, effect.Finding);
        }
        AssertIs(EffectKind.Level, ["0.9"], 2, seed => Mean("0.9", seed) - Mean("0.75", seed));
        AssertIs(EffectKind.Level, ["language"], 1, seed => ((string[])["0.5", "0.75", "0.9"])
            .Average(ratio => Of(ratio, "language", seed) - Of(ratio, "pixel", seed)));
        AssertIs(EffectKind.Interaction, ["0.5", "language"], 2, seed =>
            Of("0.5", "language", seed) - Of("0.5", "pixel", seed)
                - (Of("0.75", "language", seed) - Of("0.75", "pixel", seed)));
        // The line of least squares through three points, along the numbers: their largest is not ten times the least.
        double[] x = [0.5, 0.75, 0.9];
        AssertIs(EffectKind.Trend, ["0.5", "0.9"], 1, seed =>
            MathNet.Numerics.Fit.Line(x, [Mean("0.5", seed), Mean("0.75", seed), Mean("0.9", seed)]).B * 0.4);
        Assert.Equal(2 + 1 + 1 + 2, factors.Effects.Count);
    }

    [Fact]
    public void Levels_with_the_same_outcomes_have_no_effect_and_no_interval()
    {
        FakeRun run = Points();
        run = new FakeRun
        {
            Seeds = run.Seeds, Swept = run.Swept, Arms = [.. run.Arms.Select(arm => (arm.Arm, 0.5))],
        };
        Assert.All(Compare(run).Metrics[0].Factors[0].Effects, effect =>
        {
            Assert.Equal(0, effect.Mean, 1e-12);
            Assert.Equal((null, null, Degenerate.IdenticalOutcomes, Finding.NotTestable),
                (effect.Interval, effect.P, effect.Degenerate!.Value, effect.Finding));
        });
    }

    [Fact]
    public void Levels_of_a_wide_range_are_fitted_by_their_logarithms()
    {
        (string Level, double Skill)[] rates = [("1e-4", 0.3), ("1e-3", 0.5), ("1e-2", 0.6)];
        var run = new FakeRun
        {
            Seeds = [0, 1, 2], Arms = [.. rates.Select(rate => ($"a-{rate.Level}", rate.Skill))],
            Swept = [.. rates.Select(rate => Arm($"a-{rate.Level}", "a", ("schedule.learning_rate", rate.Level)))],
        };
        var metric = Compare(run).Metrics[0];
        var trend = metric.Factors[0].Effects.Single(effect => effect.Kind == EffectKind.Trend);
        // Evenly spaced: the line rises by the difference of the outer levels.
        Assert.Equal(metric.Arms[2].Mean - metric.Arms[0].Mean, trend.Mean, 1e-12);
        Assert.Equal(["1e-4", "1e-2"], trend.Levels);
    }

    [Fact]
    public void Text_that_looks_like_a_number_and_numbers_without_an_end_have_no_trend()
    {
        foreach (var levels in (string[][])[["\"1\"", "\"2\"", "\"3\""], ["1", "2", "inf"]])
        {
            var run = new FakeRun
            {
                Seeds = [0, 1, 2], Arms = [.. levels.Select((_, i) => ($"a-{i}", 0.4 + 0.1 * i))],
                Swept = [.. levels.Select((level, i) => Arm($"a-{i}", "a", ("target.kind", level)))],
            };
            var part = Compare(run).Metrics[0].Factors[0];
            Assert.Equal(levels, part.Factors[0].Levels);
            Assert.All(part.Effects, effect => Assert.Equal(EffectKind.Level, effect.Kind));
        }
    }

    [Fact]
    public void Arms_of_the_file_are_a_factor_and_arms_with_other_keys_a_part_of_their_own()
    {
        string[] ratios = ["0.5", "0.9"];
        SweepArm[] swept =
        [
            .. from arm in (string[])["rils", "mae"]
               from ratio in ratios
               select Arm($"{arm}-{ratio}", arm, (Ratio, ratio)),
            .. ratios.Select(ratio => Arm($"gated-{ratio}", "gated", (Ratio, ratio), ("target.gate", "soft"))),
            Arm("clip", "clip"),
        ];
        var run = new FakeRun
        {
            Seeds = [0, 1, 2], Swept = swept, Arms = [.. swept.Select((arm, i) => (arm.Name, 0.3 + i * 0.05))],
        };
        var parts = Compare(run).Metrics[0].Factors;
        Assert.Equal([$"{Ratio} arm: 4", $"{Ratio}: 2"], parts.Select(part =>
            $"{string.Join(' ', part.Factors.Select(factor => factor.Key))}: {part.Arms.Count}"));
        Assert.Equal(["rils", "mae"], parts[0].Factors[1].Levels);
    }

    [Fact]
    public void A_missing_combination_leaves_no_effects_and_few_seeds_no_interval()
    {
        var all = Points();
        var cut = Compare(new FakeRun
        {
            Seeds = all.Seeds, Swept = all.Swept, Arms = all.Arms, Failing = [all.Arms[0].Arm],
        });
        var part = Assert.Single(cut.Metrics[0].Factors);
        Assert.Empty(part.Effects);
        Assert.Equal("No effects of ratio and target on zero-shot top1: no arm for ratio 0.5, target language. "
            + "The notes say which arms were left out.", Questions.Missing(cut).First());
        // A missing arm changes the order of no level.
        Assert.Equal(["0.5 0.75 0.9", "language pixel"],
            part.Factors.Select(factor => string.Join(' ', factor.Levels)));
        var two = Compare(new FakeRun { Seeds = [0, 1], Swept = all.Swept, Arms = all.Arms });
        Assert.All(two.Metrics[0].Factors[0].Effects, effect =>
            Assert.Equal((null, Finding.TooFewSeeds), (effect.Interval, effect.Finding)));
    }

    /// <summary>The point that is best on the validation data is told with its figure on the test data, where another
    /// point is better.</summary>
    [Fact]
    public void A_sweep_chooses_on_validation_data_and_tables_show_the_test()
    {
        var all = Points();
        var run = new FakeRun
        {
            Seeds = all.Seeds, Swept = [.. all.Swept, Arm("clip", "clip")], Arms = [.. all.Arms, ("clip", 0.9)],
            Validation =
                new([.. all.Arms.Select(arm => KeyValuePair.Create(arm.Arm, 1 - arm.Skill)), new("clip", 0.99)]),
            Primary = new("zero-shot.top1", null), Root = "primary = \"zero-shot.top1\"",
        };
        var comparison = Compare(run);
        Assert.Equal(["zero-shot"], comparison.Metrics.Select(metric => metric.Head).Distinct());
        var choice = Assert.Single(comparison.Choices);
        Assert.Equal(("rils", "rils-0.5-pixel"), (choice.FileArm, choice.Arm));
        Assert.Equal(comparison.Metrics[0].Arms.Single(arm => arm.Arm == choice.Arm).Values, choice.Test.Values);
        Assert.True(choice.Validation.Mean > choice.Test.Mean);
        Assert.StartsWith("The best rils on the validation data by zero-shot.top1 is rils-0.5-pixel: ",
            Assert.Single(Questions.Choices(comparison)));
        Assert.Equal(["zero-shot (validation)"], Comparer.Compare([Path.Combine(folder, "run")],
            new() { Heads = ["zero-shot (validation)"] }).Metrics.Select(metric => metric.Head).Distinct());
        // The head failed on the best arm's test data: the next best with figures of both is chosen.
        var failed = Compare(new FakeRun
        {
            Seeds = run.Seeds, Swept = run.Swept, Arms = run.Arms, Validation = run.Validation, Primary = run.Primary,
            Root = run.Root, FailingHeads = ["rils-0.5-pixel"],
        });
        Assert.Equal("rils-0.5-language", Assert.Single(failed.Choices).Arm);
        // Without a primary metric, or without validation data, nothing is chosen.
        Assert.Empty(Compare(Points()).Choices);
        Assert.StartsWith("The best point of these tables is flattered.",
            Assert.Single(Questions.Choices(Compare(Points()))));
    }

    [Theory]
    [InlineData("ratio", "masking.ratio", "target.kind")]
    [InlineData("target", "target.kind", "masking.ratio")]
    [InlineData("masking.ratio", "masking.ratio", "drop.ratio")]
    [InlineData("arm", "arm")]
    public void A_factor_goes_by_the_shortest_end_that_is_its_own(string name, params string[] keys) =>
        Assert.Equal(name, Factor.NameOf(keys[0], keys));

    Comparison Compare(FakeRun run, string? baseline = null) =>
        Comparer.Compare([run.Write(Path.Combine(folder, "run"))], new() { Baseline = baseline });

    /// <summary>Three ratios by two targets, of which the one gains more from a high ratio.</summary>
    static FakeRun Points()
    {
        (string Ratio, string Target, double Skill)[] points =
        [
            ("0.5", "language", 0.5), ("0.5", "pixel", 0.45), ("0.75", "language", 0.65), ("0.75", "pixel", 0.5),
            ("0.9", "language", 0.8), ("0.9", "pixel", 0.55),
        ];
        static string Name(string ratio, string target) => $"rils-{ratio}-{target}";
        return new()
        {
            Seeds = [0, 1, 2, 3], Arms = [.. points.Select(point => (Name(point.Ratio, point.Target), point.Skill))],
            Swept = [.. points.Select(point => Arm(Name(point.Ratio, point.Target), "rils", (Ratio, point.Ratio),
                (Target, $"\"{point.Target}\"")))],
        };
    }

    static SweepArm Arm(string name, string arm, params (string Key, string Value)[] values) =>
        new(name, arm, values.ToDictionary(value => value.Key, value => value.Value));
}

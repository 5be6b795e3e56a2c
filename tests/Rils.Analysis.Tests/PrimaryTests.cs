using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;
using Rils.Runs;

namespace Rils.Tests.Analysis;

/// <summary>The primary metric of an experiment and its margin.</summary>
public sealed class PrimaryTests : IDisposable
{
    const string Named = "primary = \"zero-shot.top1\"\nmargin = 0.05";
    static readonly PrimaryMetric primary = new("zero-shot.top1", 0.05);
    readonly string folder = Directory.CreateTempSubdirectory("rils-primary-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_metric_that_a_run_named_at_its_beginning_is_primary_and_has_a_margin()
    {
        var comparison = Compare(Run("run", primary, Named));
        Assert.Equal([true, false], comparison.Metrics.Select(metric => metric.IsPrimary));
        Assert.Equal([0.05, null],
            comparison.Metrics.Select(metric => metric.Arms[0].ToBaseline!.OverSeeds.Equivalence?.Margin));
        Assert.Empty(comparison.Notes);
        Assert.Equal("none found", Figures.Of(Finding.NoDifferenceFound, comparison.Metrics[0]));
        Assert.Equal("(none found)", Figures.Of(Finding.NoDifferenceFound, comparison.Metrics[1]));
    }

    [Fact]
    public void A_later_choice_is_exploratory_and_told()
    {
        var later = Compare(Run("later", null, Named));
        Assert.Null(later.Primary);
        Assert.Contains("was none when the run began, and is zero-shot.top1 with margin 0.05 since",
            Assert.Single(later.Notes));
        var changed = Compare(Run("changed", primary, "primary = \"zero-shot.mean_per_class\""));
        Assert.Equal(primary, changed.Primary);
        Assert.Contains("was zero-shot.top1 with margin 0.05 when the run began, and is zero-shot.mean_per_class since",
            Assert.Single(changed.Notes));
    }

    [Fact]
    public void Runs_that_named_other_metrics_have_none_in_common()
    {
        var (one, other) = (Run("one", primary, Named), new FakeRun { Arms = [("mae", 0.5)] }.Write(
            Path.Combine(folder, "other")));
        var comparison = Comparer.Compare([one, other], new());
        Assert.Null(comparison.Primary);
        Assert.Contains("the runs named other primary metrics when they began, so all findings are exploratory: "
            + $"zero-shot.top1 with margin 0.05 in {one}; none in {other}", comparison.Notes);
        Assert.Contains("the primary metric zero-shot.top7 is in no figure: no arm has it",
            Compare(Run("unknown", new("zero-shot.top7", null), "primary = \"zero-shot.top7\"")).Notes);
    }

    [Fact]
    public void Runs_of_one_metric_and_two_margins_have_the_metric_without_a_margin()
    {
        var other = new FakeRun
        {
            Arms = [("mae", 0.5)], Primary = new("zero-shot.top1", 0.1), Root = Named.Replace("0.05", "0.1"),
        }.Write(Path.Combine(folder, "other"));
        var comparison = Comparer.Compare([Run("one", primary, Named), other], new());
        Assert.Equal(new PrimaryMetric("zero-shot.top1", null), comparison.Primary);
        Assert.True(comparison.Metrics[0].IsPrimary);
        Assert.StartsWith("the runs named other margins when they began, so no equivalence is tested: ",
            Assert.Single(comparison.Notes));
    }

    /// <summary>Two one-sided tests at 5% show an equivalence just where the interval of 90% lies within the margin.
    /// R 4.2.2: <c>x &lt;- c(.01, .014, -.002); t.test(x, mu = -.02, alternative = "greater")$p.value</c> and so
    /// on.</summary>
    [Theory]
    [InlineData(0.02, 0.05944804903)]
    [InlineData(0.03, 0.02107925565)]
    public void Equivalence_is_that_of_two_one_sided_tests(double margin, double p)
    {
        double[] differences = [0.01, 0.014, -0.002];
        var t = PairedT.Of(differences);
        Assert.Equal(p, t.EquivalenceP(margin), 1e-7);
        var (low, high) = t.Interval(0.9);
        Assert.Equal(t.EquivalenceP(margin) < 0.05, -margin < low && high < margin);
        var turned = PairedT.Of([.. differences.Select(one => -one)]);
        Assert.Equal(t.EquivalenceP(margin), turned.EquivalenceP(margin), 1e-12);
    }

    [Fact]
    public void An_equivalence_holds_for_all_arms_at_once()
    {
        double[] baseline = [0.5, 0.6, 0.7], arm = [0.501, 0.602, 0.702];
        Equivalence Of(int arms, double margin) => OverSeeds.Of(baseline, [.. Enumerable.Repeat(arm, arms)], margin)[0]
            .Equivalence!;
        // The p lies between 5% and a third of it, so that one arm is equivalent and three are not.
        var margin = Enumerable.Range(1, 1000).Select(i => i * 1e-5).First(m => PairedT.Of([0.001, 0.002, 0.002])
            .EquivalenceP(m) < 0.03);
        Assert.Equal((true, false), (Of(1, margin).IsShown, Of(3, margin).IsShown));
        Assert.Equal(Of(1, margin).P, Of(3, margin).P);
        Assert.Null(OverSeeds.Of([0.5, 0.6], [[0.6, 0.8]], 0.05)[0].Equivalence);
        Assert.Null(OverSeeds.Of(baseline, [baseline], 0.05)[0].Equivalence);
    }

    [Fact]
    public void An_arm_whose_folder_was_removed_is_left_out_with_a_line()
    {
        var run = Run("removed", null, "");
        Directory.Delete(Path.Combine(run, "seed-2", "rils"), recursive: true);
        var comparison = Compare(run);
        Assert.Equal(["clip"], comparison.Arms);
        Assert.Equal($"arm rils is left out, since {Path.Combine(run, "seed-2", "rils")} was removed; "
            + $"to have it again: rils run --resume {run}", Assert.Single(comparison.Notes));
    }

    string Run(string name, PrimaryMetric? begun, string root) =>
        new FakeRun { Primary = begun, Root = root }.Write(Path.Combine(folder, name));

    static Comparison Compare(string run) => Comparer.Compare([run], new());
}

using Rils.Analysis;
using Rils.Analysis.Findings;
using Rils.Analysis.Power;
using Rils.Cli.Rendering;
using Rils.Tests.Analysis;

namespace Rils.Tests.Cli;

/// <summary>The lines and tables of <c>rils plan --power</c>.</summary>
public sealed class PowerTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-power-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(3, 2, "3 seeds find a difference of 3.26 standard deviations (of the paired differences between seeds) "
        + "or more with 80%")]
    [InlineData(3, 5, "3 seeds find a difference of 6.55 standard deviations (of the paired differences between seeds) "
        + "or more with 80%, for each of 4 arms")]
    [InlineData(2, 2, "rils concludes nothing over seeds from 2 seeds; that takes 3, which find a difference of 3.26 "
        + "standard deviations (of the paired differences between seeds) or more with 80%")]
    [InlineData(1, 3, "rils concludes nothing over seeds from one seed; that takes 3, which find a difference of 4.62 "
        + "standard deviations (of the paired differences between seeds) or more with 80%, for each of 2 arms")]
    public void The_first_line_says_what_the_seeds_find(int seeds, int arms, string line)
    {
        var plan = new PlannedComparison(seeds, arms, null);
        Assert.Equal($"power: {line}", PowerLines.First(plan, withAdvice: false));
        Assert.Equal($"power: {line}; `rils plan FILE --power --from RUN` gives it in a metric's units",
            PowerLines.First(plan, withAdvice: true));
    }

    [Fact]
    public void Without_a_run_the_table_has_usual_numbers_of_seeds_and_the_files()
    {
        static string[] Seeds(int seeds) =>
            [.. PowerSheets.OfSeeds(new(seeds, 2, null)).Rows.Select(row => string.Join(' ', row))];
        Assert.Equal(["3 3.26", "5 1.68", "8 1.16", "10 0.996", "20 0.66"], Seeds(1));
        Assert.Equal(["3 3.26", "5 1.68", "7 1.27", "8 1.16", "10 0.996", "20 0.66"], Seeds(7));
    }

    [Fact]
    public void A_runs_spread_gives_a_row_for_each_metric_and_sought_difference()
    {
        var pilot = Pilot(new() { Seeds = [0, 1, 2, 3], Arms = [("a", 0.6), ("same", 0.4), ("clip", 0.4)] });
        var plan = new PlannedComparison(5, 3, new("zero-shot.mean_per_class", 0.05));
        var sheet = PowerSheets.Of(PilotPower.Of(pilot, plan), pilot, plan, "runs/x");
        Assert.Equal("Spread of 4 seeds in runs/x, paired differences to arm clip:", sheet.Title);
        Assert.Equal(["metric", "sd", "95% interval", "smallest", "range", "to find", "difference", "seeds", "range"],
            sheet.Columns);
        string[] rows = [.. sheet.Rows.Select(row => string.Join(" | ", row))];
        Assert.Equal(5, rows.Length);
        Assert.StartsWith("zero-shot, primary: |", rows[0]);
        const string Number = @"\d+\.\d+", Range = $"{Number} to {Number}";
        Assert.Matches($@"^mean_per_class \| {Number} \| {Range} \| {Number} \| {Range} \| margin \| 0\.05 \| \d+ \| "
            + @"\d+ to \d+$", rows[1]);
        Assert.StartsWith("zero-shot: |", rows[2]);
        Assert.Matches($@"^top1 \| {Number} \| {Range} \| {Number} \| {Range} \| a \| \+{Number} \| \d+ \| \d+ to \d+$",
            rows[3]);
        Assert.Equal(" |  |  |  |  | same | 0 | over 1,000 | ", rows[4]);
        Assert.Equal(
        [
            "sd: of the paired differences between seeds, pooled over arms; its interval by chi-squared with 3 degrees "
                + "of freedom. The other ranges follow from its two ends.",
            "smallest: the smallest difference that 5 seeds find with 80%, for each of 2 arms beside the baseline.",
            "seeds: how many find the difference with 80%, at least 3.",
            "A difference that the run saw is uncertain too, and one that was picked for its size is too large: decide "
                + "which difference matters.",
        ], sheet.Notes);
    }

    [Fact]
    public void Where_nothing_varies_no_figure_is_made_up()
    {
        var pilot = Pilot(new() { Seeds = [0, 1, 2], Arms = [("same", 0.4), ("clip", 0.4)] });
        var plan = new PlannedComparison(5, 2, null);
        var sheet = PowerSheets.Of(PilotPower.Of(pilot, plan), pilot, plan, "runs/x");
        Assert.Equal(["zero-shot: | ", "top1 | no spread", "mean_per_class | no spread"],
            sheet.Rows.Select(row => string.Join(" | ", row)));
    }

    [Fact]
    public void A_primary_metric_that_the_run_lacks_is_noted()
    {
        var pilot = Pilot(new() { Seeds = [0, 1, 2] });
        Assert.Empty(PowerLines.Notes(pilot, new(3, 2, new("zero-shot.top1", null))));
        Assert.Equal("the experiment's `primary` is knn.top1, which the run of --from lacks",
            Assert.Single(PowerLines.Notes(pilot, new(3, 2, new("knn.top1", null)))));
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused()
    {
        Assert.StartsWith("--from is for --power: rils plan FILE --power --from RUN",
            Command.Here("plan", "x.toml", "--from", folder).Returns(2).Error);
        Assert.StartsWith("--format is for the schedule, which --power does not print",
            Command.Here("plan", "x.toml", "--power", "--format", "mermaid").Returns(2).Error);
    }

    Comparison Pilot(FakeRun run) => Comparer.Compare([run.Write(Path.Combine(folder, "run"))], new());
}

using System.Globalization;
using Rils.Analysis.Report.Html;
using Rils.Analysis.Report.Sources;
using Rils.Configuration;
using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Report.Sections;

/// <summary>Shows the run's facts, and the metrics of all heads before and after training.</summary>
static class SummarySection
{
    public static Section Of(ReportSource source)
    {
        ArmOutcome[] failed = [.. source.Run.Outcomes
            .Where(outcome => outcome.Failure is not null && !ArmAverage.Is(outcome.Arm))];
        var heads = source.Run.Outcomes.SelectMany(FailedHeads);
        return new("summary", "Summary", Markup.Of($"""
            <dl class="facts">{Facts(source)}</dl>
            {failed.Select(Failure)}{heads}{Runs(source)}{Arms(source)}{Headlines(source)}
            """));
    }

    static IEnumerable<Markup> Facts(ReportSource source)
    {
        var run = source.Run;
        static Markup Fact(string what, string value) => Markup.Of($"<div><dt>{what}</dt><dd>{value}</dd></div>");
        if (source.IsJoined) yield return Fact("runs", Figures.Count(source.Runs.Count));
        else
        {
            yield return Fact("run", source.Runs[0].Name);
            yield return Fact("begun", Begun(run));
        }
        yield return Fact("arms", Figures.Count(run.Experiment.Arms.Count));
        yield return Fact(run.Seeds.Count == 1 ? "seed" : "seeds", string.Join(", ", run.Seeds));
        yield return Fact("steps", Figures.Count(Steps(source)));
        yield return Fact("device", string.Join("; ", source.Runs.Select(one => Device(one.Run)).Distinct()));
    }

    static string Begun(FinishedRun run) => run.Manifest.Started.ToUniversalTime()
        .ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    static string Device(FinishedRun run) => $"{run.Manifest.Device}, {run.Manifest.Precision}";

    /// <summary>The runs of a report that joins several, each with the arms that the page takes from it.</summary>
    static Markup Runs(ReportSource source) => source.IsJoined ? Table.Of("Runs",
        ((string[])["run", "arms", "begun", "length", "device"]).Select(Table.Text).ToArray(),
        source.Runs.Select(run => (Markup[])
        [
            Table.Text(run.Name), Markup.Join(run.Arms.Values.Select(arm => Markup.Of($"{source.ArmLabel(arm)} "))),
            Table.Text(Begun(run.Run)), Table.Text(Length(run.Run)), Table.Text(Device(run.Run)),
        ])) : Markup.None;

    static string Length(FinishedRun run) => string.Join(", ", ExperimentKeys.Lengths
        .Select(key => (Key: key, (run.Experiment.Root[key] as ScalarNode)?.Value))
        .Where(length => length.Value is not null).Select(length => $"{length.Value} {length.Key}"));

    /// <summary>The number of steps that the furthest arm trained; the experiment may give its length in
    /// epochs.</summary>
    static long Steps(ReportSource source) =>
        source.Run.Outcomes.SelectMany(outcome => outcome.Heads).Select(head => head.Step)
            .Concat(source.Training.SelectMany(chart => chart.Steps.TakeLast(1)).Select(step => step + 1))
            .DefaultIfEmpty(0).Max();

    static Markup Failure(ArmOutcome outcome) => Markup.Of(
        $"<p class=\"failure\" role=\"note\"><strong>Arm {outcome.Arm} stopped early</strong> "
        + $"(seed {outcome.Seed}): {outcome.Failure}</p>\n");

    static IEnumerable<Markup> FailedHeads(ArmOutcome outcome) => outcome.FailedHeads().Select(head => Markup.Of(
        $"<p class=\"failure\" role=\"note\"><strong>Head {head.Head} failed on arm {outcome.Arm}</strong> "
        + $"at step {Figures.Count(head.Step)} (seed {outcome.Seed}): {head.Failure}</p>\n"));

    static Markup Arms(ReportSource source) =>
        Table.Of("Arms", [Table.Text("arm"), Table.Text("parameters"), Table.Text("components"), Table.Text("ended")],
        source.Run.Experiment.Arms.Select(arm =>
        {
            ArmOutcome[] outcomes = [.. source.Run.Outcomes.Where(outcome => outcome.Arm == arm.Name)];
            var failed = outcomes.Count(outcome => outcome.Failure is not null);
            var ended = failed == 0 ? "to the end"
                : $"early for {failed} of {outcomes.Length} {(outcomes.Length == 1 ? "seed" : "seeds")}";
            return (Markup[])
            [
                source.ArmLabel(arm.Name), Table.Text(Figures.Count(outcomes.Max(outcome => outcome.Parameters))),
                Markup.Of($"<span class=\"components\">{ArmKinds.Of(arm)}</span>"), Table.Text(ended),
            ];
        }));

    static Markup Headlines(ReportSource source)
    {
        var rows = from head in source.Run.Outcomes.SelectMany(outcome => outcome.Heads).GroupBy(found => found.Head)
                   where !ValidationHead.Is(head.Key)
                   from metric in References.Others(head)
                   let declared = References.Declared(metric, head)
                   select (Markup[])
                   [
                       Table.Text($"{head.Key} {Figures.Named(metric, declared.Unit, declared.Reading)}"),
                       Table.Text(Figures.Metric(declared.Chance)),
                       .. source.Arms.Select(arm => Figure(source.Run, arm, head.Key, metric)),
                   ];
        Markup[][] all = [.. rows];
        if (all.Length == 0)
            return Table.Note(source.Run.Outcomes.Any(outcome => outcome.Heads.Count > 0)
                ? "Every head failed: there are no figures."
                : "The experiment has no [[head]]: nothing was evaluated.");
        var against = References.Lines(source.Run.Outcomes.SelectMany(outcome => outcome.Heads));
        var spread = source.Run.Seeds.Count > 1 ? ", mean over the seeds ± standard deviation" : "";
        var table = Table.Of($"Before the first step → after the last{spread}",
            [Table.Text("figure"), Table.Text("chance"), .. source.Arms.Select(arm => source.ArmLabel(arm))], all);
        return Markup.Of($"{table}{against.Select(Table.Note)}");
    }

    /// <summary>An arm's metric before the first step and after the last; after the last evaluation for an arm that
    /// stopped early.</summary>
    static Markup Figure(FinishedRun run, string arm, string head, string metric)
    {
        HeadOutcome[][] seeds = [.. run.Outcomes.Where(outcome => outcome.Arm == arm)
            .Select(outcome => outcome.Heads.Where(found => found.Head == head && found.Metrics.ContainsKey(metric))
                .OrderBy(found => found.Step).ToArray())
            .Where(found => found.Length > 0)];
        if (seeds.Length == 0) return Table.Text("–");
        double[] before = [.. seeds.Select(found => found[0].Metrics[metric].Value)];
        double[] after = [.. seeds.Select(found => found[^1].Metrics[metric].Value)];
        var spread = after.Length > 1
            ? $" ± {Figures.Metric(MathNet.Numerics.Statistics.ArrayStatistics.StandardDeviation(after))}" : "";
        var last = Markup.Of($"<strong>{Figures.Metric(after.Average())}</strong>{spread}");
        return seeds.All(found => found.Length == 1)
            ? last : Markup.Of($"{Figures.Metric(before.Average())} → {last}");
    }
}

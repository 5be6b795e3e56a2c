using Rils.Analysis;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Runs;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>What the heads found before the first step and after the last, a column per arm; the mean where there are several seeds.</summary>
static class ResultTable
{
    public static Table Of(Experiment experiment, IReadOnlyList<ArmOutcome> outcomes, bool isPlain) =>
        Of(experiment.Arms, experiment.Heads, outcomes, isPlain);

    internal static Table Of(IReadOnlyList<string> arms, IReadOnlyList<string> heads, IReadOnlyList<ArmOutcome> outcomes, bool isPlain)
    {
        var seeds = outcomes.Select(outcome => outcome.Seed).Distinct().Count();
        var table = Tables.New(isPlain, ["head", seeds == 1 ? "metric" : $"metric (mean of {seeds} seeds)", .. arms]);
        foreach (var head in heads)
        {
            HeadOutcome[] found = [.. outcomes.SelectMany(outcome => Of(outcome, head))];
            string[] metrics = [.. References.Others(found)];
            // it failed wherever it was tried
            if (metrics.Length == 0 && found.Any(one => one.Failure is not null)) metrics = [""];
            foreach (var metric in metrics)
                table.Add([head, metric, .. arms.Select(arm => Cell([.. outcomes.Where(outcome => outcome.Arm == arm)], head, metric))]);
        }
        return table;
    }

    /// <summary>Why a head has no figures of some arms, a line per head.</summary>
    public static IEnumerable<string> LeftOut(IReadOnlyList<string> heads, IReadOnlyList<ArmOutcome> outcomes) =>
        from head in heads
        let without = outcomes.Where(outcome => outcome.Failure is null && !Of(outcome, head).Any()).Select(outcome => outcome.Arm).Distinct().ToArray()
        where without.Length > 0
        select RunLines.LeftOut(head, without);

    /// <summary>What to read the table's figures against, a line per head.</summary>
    public static IEnumerable<string> Caption(IReadOnlyList<ArmOutcome> outcomes) =>
        References.Lines(outcomes.SelectMany(outcome => outcome.Heads).Select(found => (found.Head, found.Metrics)));

    static IEnumerable<HeadOutcome> Of(ArmOutcome outcome, string head) => outcome.Heads.Where(found => found.Head == head);

    /// <summary><c>before → after</c>, or that the head failed after the last step; one number where nothing changed,
    /// and nothing where the arm has no such metric.</summary>
    static string Cell(IReadOnlyList<ArmOutcome> outcomes, string head, string metric)
    {
        if (outcomes.Any(outcome => outcome.Failure is null && Of(outcome, head).LastOrDefault()?.Failure is not null))
            return "failed";
        var found = outcomes.Where(outcome => outcome.Failure is null)
            .Select(outcome => Of(outcome, head).Select(result => result.Metrics))
            .Select(results => results.Where(metrics => metrics.ContainsKey(metric)).Select(metrics => metrics[metric]).ToArray())
            .Where(values => values.Length > 0).ToArray();
        if (found.Length == 0) return outcomes.Any(outcome => outcome.Failure is not null) ? "stopped early" : "";
        var (before, after) = (Figures.Metric(found.Average(values => values[0])), Figures.Metric(found.Average(values => values[^1])));
        return before == after ? after : $"{before} → {after}";
    }
}

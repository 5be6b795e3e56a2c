using Rils.Analysis;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Runs;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Makes the table of the heads' metrics before the first step and after the last, with a column per arm. A
/// run of several seeds shows the means over its seeds.</summary>
static class ResultTable
{
    public static Table Of(Experiment experiment, IReadOnlyList<ArmOutcome> outcomes, bool isPlain) =>
        Of([.. outcomes.Select(outcome => outcome.Arm).Distinct()], experiment.Heads, outcomes, isPlain);

    internal static Table Of(
        IReadOnlyList<string> arms, IReadOnlyList<string> heads, IReadOnlyList<ArmOutcome> outcomes, bool isPlain)
    {
        var seeds = outcomes.Select(outcome => outcome.Seed).Distinct().Count();
        var table = Tables.New(isPlain, ["head", seeds == 1 ? "metric" : $"metric (mean of {seeds} seeds)", .. arms]);
        foreach (var head in heads)
        {
            HeadOutcome[] found = [.. outcomes.SelectMany(outcome => Of(outcome, head))];
            string[] metrics = [.. References.Others(found)];
            // A head that failed in all its evaluations has no metric to name its row.
            if (metrics.Length == 0 && found.Any(one => one.Failure is not null)) metrics = [""];
            foreach (var metric in metrics)
                table.Add([head, metric.Length == 0 ? "" : Title(metric, found), .. arms.Select(arm =>
                    Cell([.. outcomes.Where(outcome => outcome.Arm == arm)], head, metric))]);
        }
        return table;
    }

    /// <summary>Says why a head has no figures for some arms, a line for each such head.</summary>
    public static IEnumerable<string> LeftOut(IReadOnlyList<string> heads, IReadOnlyList<ArmOutcome> outcomes) =>
        from head in heads
        let without = outcomes.Where(outcome => outcome.Failure is null && !Of(outcome, head).Any())
            .Select(outcome => outcome.Arm).Distinct().ToArray()
        where without.Length > 0
        select RunLines.LeftOut(head, without);

    /// <summary>Lists the references, such as chance, to read the table's figures against, a line per head.</summary>
    public static IEnumerable<string> Caption(IReadOnlyList<ArmOutcome> outcomes) =>
        References.Lines(outcomes.SelectMany(outcome => outcome.Heads).Where(head => !ValidationHead.Is(head.Head)));

    static string Title(string metric, IEnumerable<HeadOutcome> found)
    {
        var declared = References.Declared(metric, found);
        return Figures.Named(metric, declared.Unit, declared.Reading);
    }

    static IEnumerable<HeadOutcome> Of(ArmOutcome outcome, string head) =>
        outcome.Heads.Where(found => found.Head == head);

    /// <summary>Writes an arm's cell: <c>before → after</c>, or one number where both are equal; <c>failed</c> where
    /// the head's last evaluation failed; <c>stopped early</c> where the arm did; empty where the arm has no such
    /// metric.</summary>
    /// <param name="outcomes">The arm's outcomes, one per seed.</param>
    /// <param name="head">The head's name.</param>
    /// <param name="metric">The metric's name.</param>
    static string Cell(IReadOnlyList<ArmOutcome> outcomes, string head, string metric)
    {
        if (outcomes.Any(outcome => outcome.Failure is null && Of(outcome, head).LastOrDefault()?.Failure is not null))
            return "failed";
        var found = outcomes.Where(outcome => outcome.Failure is null)
            .Select(outcome => Of(outcome, head).Select(result => result.Metrics))
            .Select(results => results.Where(metrics => metrics.ContainsKey(metric))
                .Select(metrics => metrics[metric].Value).ToArray())
            .Where(values => values.Length > 0).ToArray();
        if (found.Length == 0) return outcomes.Any(outcome => outcome.Failure is not null) ? "stopped early" : "";
        var before = Figures.Metric(found.Average(values => values[0]));
        var after = Figures.Metric(found.Average(values => values[^1]));
        return before == after ? after : $"{before} → {after}";
    }
}

using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Runs;

namespace Rils.Engine.Evaluations;

/// <summary>Checks that a head has the metric that the experiment names as <c>primary</c>. Nothing but an evaluation
/// tells what metrics a head has; the first one comes before all training.</summary>
static class PrimaryCheck
{
    /// <param name="experiment">The experiment.</param>
    /// <param name="found">The findings of an evaluation.</param>
    /// <exception cref="ExperimentException">The head of <c>primary</c> has been evaluated, and has no such
    /// metric.</exception>
    public static void Require(Experiment experiment, IReadOnlyList<HeadFinding> found)
    {
        if (PrimaryMetric.Of(experiment.Tree) is not { } primary) return;
        var head = primary.HeadAmong(experiment.Heads);
        string[] metrics = [.. found.Where(finding => finding.Outcome.Head == head)
            .SelectMany(finding => finding.Outcome.Metrics)
            .Where(metric => metric.Value.Reading != MetricReading.Reference).Select(metric => metric.Key).Distinct()];
        if (metrics.Length == 0 || metrics.Any(metric => primary.Is(head!, metric))) return;
        throw new ExperimentException([new(experiment.Tree.Root["primary"]!.Span,
            $"primary = \"{primary.Metric}\": head {head} has no such metric; its metrics are "
            + string.Join(", ", metrics))]);
    }
}

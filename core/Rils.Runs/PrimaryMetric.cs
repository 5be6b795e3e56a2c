using System.Globalization;
using Rils.Configuration;

namespace Rils.Runs;

/// <summary>The metric that an experiment is about.</summary>
/// <param name="Metric">Head and metric: <c>knn.top1</c>.</param>
/// <param name="Margin">The largest difference that does not matter, in the metric's unit; null where the experiment
/// names none.</param>
public sealed record PrimaryMetric(string Metric, double? Margin)
{
    /// <summary>The metric that an experiment names; null where it names none.</summary>
    public static PrimaryMetric? Of(ExperimentTree tree) =>
        tree.Root["primary"] is ScalarNode { Value: string metric } ? new(metric, Number(tree.Root["margin"])) : null;

    static double? Number(TomlNode? node) =>
        node is ScalarNode { Value: (double or long) and var value }
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether this is a metric of a head.</summary>
    public bool Is(string head, string metric) => Metric == $"{head}.{metric}";

    /// <summary>The head whose metric this is; null where none of the heads can be.</summary>
    /// <param name="heads">The names of all heads.</param>
    internal string? HeadAmong(IEnumerable<string> heads) =>
        heads.Where(head => Metric.StartsWith($"{head}.", StringComparison.Ordinal)).MaxBy(head => head.Length);

    /// <summary>Writes <c>knn.top1</c>, or <c>knn.top1 with margin 0.02</c>.</summary>
    public override string ToString() =>
        Metric + (Margin is { } margin ? FormattableString.Invariant($" with margin {margin}") : "");
}

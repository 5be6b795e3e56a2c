using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Runs;

/// <summary>The result of a head for an arm, with the outcomes of single samples.</summary>
/// <param name="Outcome">The part that checkpoints and results hold.</param>
/// <param name="Samples">The outcomes of single samples; a run keeps those of the last evaluation only, in a file of
/// their own.</param>
sealed record HeadFinding(HeadOutcome Outcome, IReadOnlyList<SampleOutcomes> Samples)
{
    const double Tolerance = 1e-6;

    /// <summary>The exception that the head threw; null where the head gave a result.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The result of a head that threw an exception.</summary>
    public static HeadFinding Failed(string arm, string head, long step, Exception cause) =>
        new(new(arm, head, step, new Dictionary<string, HeadMetric>()) { Failure = Scheduling.Cause.Of(cause) },
            []) { Cause = cause };

    /// <summary>Checks the result of a head.</summary>
    /// <exception cref="InvalidDataException">The head's plugin has a mistake: the head gives nothing, a metric that is
    /// no number, or samples and metrics that do not fit together.</exception>
    public static HeadFinding Of(string arm, string head, long step, HeadResult? result)
    {
        if (result is not { Metrics: not null, Samples: not null })
            throw new InvalidDataException($"head {head} gives no result");
        foreach (var (metric, declared) in result.Metrics)
            if (Wrong(declared) is { } wrong)
                throw new InvalidDataException($"head {head} gives {wrong} for {metric}, which is no number");
        foreach (var samples in result.Samples)
        {
            if (samples.Keys.Distinct(StringComparer.Ordinal).Count() != samples.Keys.Count)
                throw new InvalidDataException($"head {head} gives two samples the same key");
            if (samples.Clusters is { } clusters && clusters.Count != samples.Keys.Count)
                throw new InvalidDataException($"head {head} gives {clusters.Count} numbers of clusters for "
                    + $"{samples.Keys.Count} samples: give one for each key, or none at all");
            foreach (var (metric, values) in samples.Metrics)
                if (!Fits(samples, metric, values, result.Metrics))
                    throw new InvalidDataException($"head {head} gives numbers of samples for {metric} "
                        + "whose mean is not the metric, or not one for each key");
            foreach (var (metric, values) in samples.Replicates)
                if (!AreReplicates(samples, metric, values, result.Metrics))
                    throw new InvalidDataException($"head {head} gives replicates for {metric} that are not "
                        + $"{Resampling.Count} numbers for one of its metrics that is no mean over the samples: "
                        + $"give what {nameof(Resampling)}.{nameof(Resampling.Of)} returns");
        }
        return new(new(arm, head, step, result.Metrics), result.Samples);
    }

    /// <summary>Whether the outcomes of a head are whole and belong to its metrics.</summary>
    public static bool Fits(SampleOutcomes samples, IReadOnlyDictionary<string, HeadMetric> metrics) =>
        (samples.Clusters?.Count ?? samples.Keys.Count) == samples.Keys.Count
        && samples.Metrics.All(metric => metric.Value is not null && Fits(samples, metric.Key, metric.Value, metrics))
        && samples.Replicates.All(metric =>
            metric.Value is not null && AreReplicates(samples, metric.Key, metric.Value, metrics));

    /// <summary>Whether there is one number for each sample, and the mean of the numbers is the metric.</summary>
    static bool Fits(SampleOutcomes samples, string metric, IReadOnlyList<double> values,
        IReadOnlyDictionary<string, HeadMetric> metrics) =>
        values.Count > 0 && values.Count == samples.Keys.Count && metrics.TryGetValue(metric, out var mean)
            && Math.Abs(values.Average() - mean.Value) <= Tolerance;

    static bool AreReplicates(SampleOutcomes samples, string metric, IReadOnlyList<double> values,
        IReadOnlyDictionary<string, HeadMetric> metrics) =>
        values.Count == Resampling.Count && samples.Keys.Count > 0 && !values.Any(double.IsInfinity)
            && metrics.ContainsKey(metric) && !samples.Metrics.ContainsKey(metric);

    static double? Wrong(HeadMetric? declared) => declared is null ? double.NaN
        : ((double[])[declared.Value, declared.Chance ?? 0]).Where(number => !double.IsFinite(number))
            .Cast<double?>().FirstOrDefault();
}

using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Runs;

/// <summary>What a head found of an arm, with its samples.</summary>
/// <param name="Outcome">What checkpoints and results hold.</param>
/// <param name="Samples">What is kept of the last evaluation only, in a file of its own.</param>
sealed record HeadFinding(HeadOutcome Outcome, IReadOnlyList<SampleOutcomes> Samples)
{
    const double Tolerance = 1e-6;

    /// <summary>The exception that the head threw; null where it found something.</summary>
    public Exception? Cause { get; init; }

    /// <summary>That of a head that failed.</summary>
    public static HeadFinding Failed(string arm, string head, long step, Exception cause) =>
        new(new(arm, head, step, new Dictionary<string, double>()) { Failure = Scheduling.Cause.Of(cause) },
            []) { Cause = cause };

    /// <exception cref="InvalidDataException">The head gives nothing, a metric that is no number, or samples and
    /// metrics that do not fit together: a mistake of its plugin.</exception>
    public static HeadFinding Of(string arm, string head, long step, HeadResult? result)
    {
        if (result is not { Metrics: not null, Samples: not null })
            throw new InvalidDataException($"head {head} gives no result");
        foreach (var (metric, value) in result.Metrics)
            if (!double.IsFinite(value))
                throw new InvalidDataException($"head {head} gives {value} for {metric}, which is no number");
        foreach (var samples in result.Samples)
        {
            if (samples.Keys.Distinct(StringComparer.Ordinal).Count() != samples.Keys.Count)
                throw new InvalidDataException($"head {head} gives two samples the same key");
            foreach (var (metric, values) in samples.Metrics)
                if (!Fits(samples, metric, values, result.Metrics))
                    throw new InvalidDataException($"head {head} gives numbers of samples for {metric} whose mean is not the metric, or not one for each key");
        }
        return new(new(arm, head, step, result.Metrics), result.Samples);
    }

    /// <summary>Whether there is a number for each sample, and their mean is the metric.</summary>
    public static bool Fits(SampleOutcomes samples, string metric, IReadOnlyList<double> values, IReadOnlyDictionary<string, double> metrics) =>
        values.Count > 0 && values.Count == samples.Keys.Count && metrics.TryGetValue(metric, out var mean) && Math.Abs(values.Average() - mean) <= Tolerance;
}

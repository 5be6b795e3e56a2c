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
        new(new(arm, head, step, new Dictionary<string, double>()) { Failure = Scheduling.Cause.Of(cause) },
            []) { Cause = cause };

    /// <summary>Checks the result of a head.</summary>
    /// <exception cref="InvalidDataException">The head's plugin has a mistake: the head gives nothing, a metric that is
    /// no number, or samples and metrics that do not fit together.</exception>
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
                    throw new InvalidDataException($"head {head} gives numbers of samples for {metric} "
                        + "whose mean is not the metric, or not one for each key");
        }
        return new(new(arm, head, step, result.Metrics), result.Samples);
    }

    /// <summary>Whether there is one number for each sample, and the mean of the numbers is the metric.</summary>
    public static bool Fits(SampleOutcomes samples, string metric, IReadOnlyList<double> values,
        IReadOnlyDictionary<string, double> metrics) =>
        values.Count > 0 && values.Count == samples.Keys.Count && metrics.TryGetValue(metric, out var mean)
            && Math.Abs(values.Average() - mean) <= Tolerance;
}

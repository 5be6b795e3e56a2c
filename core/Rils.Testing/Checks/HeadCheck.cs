using Rils.Contract;
using Rils.Testing.Arms;

namespace Rils.Testing.Checks;

/// <summary>Checks of <c>[[head]]</c>: the engine evaluates arms with texts, without, and of features alone, in which
/// nothing was trained.</summary>
/// <param name="Name">The check's name, for messages.</param>
/// <param name="Run">Looks at the evaluations.</param>
sealed record HeadCheck(string Name, Func<HeadTrials, IEnumerable<Fault>> Run)
{
    /// <summary>The largest difference of a metric that another cut of the samples into batches may make.</summary>
    const double Rounding = 1e-4;

    const string Declare =
        "list by Reads every component that the head looks at: the engine decodes no others";

    static readonly ArmForm several = new(Batch: 10), whole = new(Parts: 1, Batch: TinyData.Samples),
        generous = new(Batch: 10, GivesAll: true), rounded = new(Batch: 10, Precision: "bf16");

    /// <summary>All checks. Those behind the first run where the first one passes.</summary>
    public static IReadOnlyList<HeadCheck> All { get; } =
    [
        new("evaluates", Evaluates), new("components", ReadsWhatItDeclares), new("same result twice", Repeats),
        new("batches", IgnoresBatches), new("living tensors", Disposes), new("bf16", TakesBf16),
        new("declared", DeclaresAlike),
    ];

    static IEnumerable<Fault> Evaluates(HeadTrials head)
    {
        var failures = head.Of(several).First.Failures;
        if (failures.Count == 0) return [];
        var fix = head.Of(generous).First.Failures.Count < failures.Count ? Declare
            : "mend what the message names: the engine gives no result of such a head";
        return failures.Select(failure => new Fault(failure, fix));
    }

    static IEnumerable<Fault> ReadsWhatItDeclares(HeadTrials head)
    {
        if (Differing(head.Of(several).First, head.Of(generous).First, 0) is { } metric)
            yield return new($"{metric} is another one where samples have components that Reads does not list",
                Declare);
    }

    static IEnumerable<Fault> Repeats(HeadTrials head)
    {
        var (first, second, _) = head.Of(several);
        foreach (var failure in second.Failures)
            yield return new($"a second evaluation fails: {failure}", "let Begin start anew");
        if (Differing(first, second, 0) is not null || !SameSamples(first, second))
            yield return new("a second evaluation of the same weights gives another result"
                + (Differing(first, second, 0) is { } name ? $" for {name}" : " for single samples"),
                "draw from HeadContext.Random alone, and keep nothing in a static field");
    }

    static IEnumerable<Fault> IgnoresBatches(HeadTrials head)
    {
        var (three, one) = (head.Of(several).First, head.Of(whole).First);
        foreach (var failure in one.Failures)
            yield return new($"an evaluation in one batch fails: {failure}", "take batches of any size");
        if (one.Failures.Count == 0 && Differing(three, one, Rounding) is { } metric)
            yield return new($"{metric} is another one where the same samples come in one batch in place of three",
                "add up sums and counts in Add, and divide in Finish: a mean of batches' means is no mean of samples");
    }

    static IEnumerable<Fault> Disposes(HeadTrials head)
    {
        if (head.Of(several).Kept > 0 && head.Of(whole).Kept is var left and > 0)
            yield return new($"an evaluation keeps {Math.Min(left, head.Of(several).Kept)} tensors after Finish",
                "dispose in Finish what Begin, AddTraining and Add have taken out of their scopes");
    }

    static IEnumerable<Fault> TakesBf16(HeadTrials head) => head.Of(rounded).First.Failures.Select(failure =>
        new Fault($"with precision = \"bf16\" {failure}",
            "bring the features to Float32 first: they come in the type that the backbone returns"));

    static IEnumerable<Fault> DeclaresAlike(HeadTrials head)
    {
        var (first, second, _) = head.Of(several);
        foreach (var metric in first.Findings.Concat(second.Findings).SelectMany(finding => finding.Outcome.Metrics)
            .GroupBy(metric => metric.Key, metric => metric.Value).OrderBy(metric => metric.Key))
            if (metric.DistinctBy(one => (one.Reading, one.Unit, one.Chance)).Count() > 1)
                yield return new($"{metric.Key} has another reading, unit or chance for another arm or evaluation",
                    "declare a metric by what it is and by the data, which all arms share");
            else if (metric.Any(one => one.Reading == MetricReading.Reference)
                && metric.DistinctBy(one => one.Value).Count() > 1)
                yield return new($"{metric.Key} is a reference, and another number for another arm",
                    "give a number that follows from the data alone, or declare another reading");
    }

    /// <summary>A metric that is not the same in two evaluations; null where all are.</summary>
    static string? Differing(HeadTrials.Evaluated one, HeadTrials.Evaluated other, double rounding) =>
        one.Metrics.Keys.Union(other.Metrics.Keys).Order(StringComparer.Ordinal).FirstOrDefault(name =>
            !one.Metrics.TryGetValue(name, out var first) || !other.Metrics.TryGetValue(name, out var second)
            || Math.Abs(first - second) > rounding * Math.Max(1, Math.Abs(first)));

    static bool SameSamples(HeadTrials.Evaluated one, HeadTrials.Evaluated other) => Numbers(one).SequenceEqual(
        Numbers(other));

    static IEnumerable<string> Numbers(HeadTrials.Evaluated evaluated) =>
        from finding in evaluated.Findings
        from samples in finding.Samples
        from metric in samples.Metrics.Concat(samples.Replicates).OrderBy(metric => metric.Key, StringComparer.Ordinal)
        from number in metric.Value
        select $"{finding.Outcome.Arm} {string.Join(' ', samples.Keys)} {metric.Key} {number:R}";
}

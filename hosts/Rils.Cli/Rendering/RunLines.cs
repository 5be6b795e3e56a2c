using Rils.Analysis;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Training;
using Rils.Files;
using Rils.Runs;

namespace Rils.Cli.Rendering;

/// <summary>The lines in which commands report a run.</summary>
static class RunLines
{
    public static string Title(Experiment experiment, string device)
    {
        var (seeds, arms, devices) = (experiment.Settings.Seeds.Count, experiment.Arms, experiment.DevicesOn(device));
        var what = arms.Count == 1 ? "arm" : "arms";
        return $"{experiment.Settings.Name}: {(experiment.IsTrained ? $"evaluates trained {what}" : what)} "
            + $"{string.Join(", ", arms)}, {(seeds == 1 ? "one seed" : $"{seeds} seeds")}, {Length(experiment)}"
            + $"on {devices} in {experiment.Settings.PrecisionOn(devices).ToString().ToLowerInvariant()}";
    }

    static string Length(Experiment experiment) => experiment.IsTrained ? ""
        : $"{Figures.Count(experiment.Context.Steps)} steps of {experiment.Context.BatchSize} samples"
            + $"{(experiment.Phases.Count > 1 ? " in each phase" : "")}, ";

    /// <summary>The run's present seed, phase and step.</summary>
    public static string Position(RunProgress progress)
    {
        var seed = progress.Scale.Seeds.Count > 1 ? $"seed {progress.Seed}  " : "";
        var phase = progress.Scale.Phases > 1 ? $"phase {progress.Phase}/{progress.Scale.Phases}  " : "";
        return $"{seed}{phase}step {progress.Step}/{progress.Scale.Steps}";
    }

    /// <summary>The samples per second, and the time that the run still needs; empty before the first steps.</summary>
    public static string Pace(RunProgress progress) => progress is { SamplesPerSecond: { } rate, Left: { } left }
        ? $"{Figures.Metric(Math.Round(rate, 1))} samples/s  {Numbers.Duration(left)} left" : "";

    /// <summary>An arm's metrics of a step, the whole loss first.</summary>
    public static string Metrics(MetricRow row) => Named(row.Values.OrderBy(value => value.Key != "loss"));

    public static string Result(HeadOutcome outcome) => $"{outcome.Arm}  {outcome.Head}  {Finding(outcome)}";

    /// <summary>A head's metrics without the references, or its failure.</summary>
    public static string Finding(HeadOutcome outcome) =>
        outcome.Failure is { } cause ? $"failed: {cause}"
            : Named(outcome.Metrics.Where(metric => !References.Is(metric.Value))
                .Select(metric => KeyValuePair.Create(metric.Key, metric.Value.Value)));

    public static string LeftOut(string head, IEnumerable<string> arms) =>
        $"{head} leaves out {string.Join(", ", arms)}: this head needs parts that are not there";

    /// <summary>The lines about the weights that an arm took from elsewhere.</summary>
    public static IEnumerable<string> Taken(string arm, IEnumerable<string> summary) =>
        summary.Select(line => $"arm {arm}: {line}");

    /// <summary>The line of a command that finds nothing to train. An arm that stopped early has ended: the messages
    /// about it follow.</summary>
    public static string NothingLeft(IReadOnlyList<ArmOutcome> outcomes)
    {
        string[] failed = [.. outcomes.Where(outcome => outcome.HasFailed() && !ArmAverage.Is(outcome.Arm))
            .Select(outcome => $"{outcome.Arm} (seed {outcome.Seed})")];
        return failed.Length == 0 ? "already finished: every seed is done, nothing was run"
            : $"nothing was run: this run has ended, with a failure in {string.Join(", ", failed)}, and a resumed run "
                + "tries no ended arm again. Mend the cause that is told below, "
                + "and begin anew in another folder (--out)";
    }

    /// <summary>Why an arm stopped, and the file with its stack trace.</summary>
    public static string Failed(RunFolder folder, ArmOutcome outcome) =>
        $"error: arm {outcome.Arm} (seed {outcome.Seed}) stopped early: {outcome.Failure}"
        + (folder.ErrorLogOf(outcome.Seed, outcome.Arm) is var log && File.Exists(log)
        ? $"\nIts stack trace is in {log}." : "");

    public static string Failed(long seed, HeadOutcome head) =>
        $"error: head {head.Head} of arm {head.Arm} (seed {seed}) failed at step {head.Step}: {head.Failure}";

    public static string Stopped(RunProgress progress, string folder) =>
        $"stopped by a signal at {Position(progress)} after {Numbers.Duration(progress.Elapsed)}; "
        + $"go on by: {(progress.Scale.IsTrained ? "the same command" : $"rils run --resume {folder}")}";

    /// <summary>The advice where a file of the run cannot be written. A run whose manifest was not written cannot be
    /// resumed, so the user must begin anew.</summary>
    public static string Unwritten(string folder) => !Directory.Exists(folder)
        ? $"{folder} was removed or moved: put it back and resume it, or begin anew"
        : "make room there, or give access to it, then "
        + (File.Exists(Path.Combine(folder, RunFolder.ManifestFile))
        ? $"go on by: rils run --resume {folder}" : $"remove {folder} and begin anew");

    /// <summary>The number of samples that the run could not use, and the files that list them; null where the run
    /// could use all.</summary>
    public static string? BadSamples(RunFolder folder) => folder.BadSamples() is { Count: > 0 and var count } found
        ? $"{count} bad {(count == 1 ? "sample was" : "samples were")} replaced, or left out of evaluations; "
            + $"see {string.Join(", ", found.Lists)}" : null;

    public static string Finished(RunProgress progress, string folder) =>
        $"{(progress.HasBegun ? $"{Numbers.Duration(progress.Elapsed)}; " : "")}everything is in {folder}";

    /// <summary>Writes numbers with their names: <c>name value  name value</c>.</summary>
    public static string Named(IEnumerable<KeyValuePair<string, double>> values) =>
        string.Join("  ", values.Select(value => $"{Printable.Line(value.Key)} {Figures.Metric(value.Value)}"));
}

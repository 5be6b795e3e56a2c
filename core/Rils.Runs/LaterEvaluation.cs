using Rils.Contract;

namespace Rils.Runs;

/// <summary>A later evaluation of a finished run: a run folder of its own within the run's, without training and
/// weights. The run's own files stay as they are.</summary>
/// <param name="Name">The evaluation's name, which is that of its folder.</param>
/// <param name="Run">The evaluation, read as a run.</param>
public sealed record LaterEvaluation(string Name, FinishedRun Run)
{
    /// <summary>The folder of the evaluations in the folder of a run.</summary>
    const string Root = "evaluations";

    /// <summary>The folder of an evaluation of a run.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <param name="name">The evaluation's name.</param>
    public static string FolderOf(string run, string name) => Path.Combine(run, Root, name);

    /// <summary>Whether a folder is that of an evaluation of a run.</summary>
    public static bool Is(string folder) =>
        Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))) == Root;

    /// <summary>The folders of a run's evaluations, by name.</summary>
    internal static IEnumerable<string> Folders(string run) => !Directory.Exists(Path.Combine(run, Root)) ? []
        : Directory.GetDirectories(Path.Combine(run, Root)).Order(StringComparer.Ordinal);

    /// <summary>The name that a head of the evaluation has among the heads of the run: <c>knn (sketches)</c>; behind it
    /// stays the word for the head's <c>validation</c> data.</summary>
    public string HeadOf(string head) => ValidationHead.Is(head)
        ? ValidationHead.NameOf($"{ValidationHead.HeadOf(head)} ({Name})") : $"{head} ({Name})";

    /// <summary>The findings on an arm; none where the evaluation left the arm out.</summary>
    internal IEnumerable<HeadOutcome> HeadsOn(string arm, long seed) => OutcomeOf(arm, seed) is not { } outcome ? []
        : outcome.Heads.Select(found => found with { Head = HeadOf(found.Head) });

    /// <summary>The heads' outcomes of single samples on an arm.</summary>
    /// <exception cref="InvalidDataException">The file is missing or damaged.</exception>
    internal IEnumerable<KeyValuePair<string, IReadOnlyList<SampleOutcomes>>> SamplesOn(string arm, long seed) =>
        OutcomeOf(arm, seed) is not { } outcome ? []
            : Run.Samples(outcome).Heads.Select(head => KeyValuePair.Create(HeadOf(head.Key), head.Value));

    /// <summary>Why the evaluation does not fit the run as it is now, to complete a sentence; null where it fits. A run
    /// may have got further seeds, or may have been trained further.</summary>
    internal string? ObstacleIn(FinishedRun run)
    {
        long[] left = [.. run.Seeds.Except(Run.Seeds)];
        if (left.Length > 0) return $"lacks {(left.Length == 1 ? "seed" : "seeds")} {string.Join(", ", left)}";
        return run.Outcomes.All(outcome => HasJudged(outcome, run.Folder)) ? null
            : "judged other weights than the run has now";
    }

    bool HasJudged(ArmOutcome outcome, string folder) =>
        !Run.Manifest.Taken.TryGetValue(Path.Combine(folder, RunFolder.SeedFolder(outcome.Seed),
            ArmAverage.PathOf(outcome.Arm), RunFolder.WeightsFile), out var judged)
        || outcome.Files.GetValueOrDefault(RunFolder.WeightsFile) == judged;

    /// <summary>A line for the reader where plugins were changed since the training; null where none was.</summary>
    internal string? ChangeSince(FinishedRun run)
    {
        string[] changed = [.. from plugin in Run.Manifest.Plugins
                               where run.Manifest.Plugins.Any(own =>
                                   own.Name == plugin.Name && own.Sha256 != plugin.Sha256)
                               select plugin.Name];
        return changed.Length == 0 ? null : $"evaluation {Name} of {run.Folder} was made with other builds of plugins "
            + $"than the run: {string.Join(", ", changed)}";
    }

    ArmOutcome? OutcomeOf(string arm, long seed) =>
        Run.Outcomes.FirstOrDefault(outcome => outcome.Arm == arm && outcome.Seed == seed);
}

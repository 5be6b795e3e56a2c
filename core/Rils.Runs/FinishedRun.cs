using System.Text;
using Rils.Configuration;
using Rils.Contract;
using Rils.Files;

namespace Rils.Runs;

/// <summary>A finished run, read from its folder without holding the folder.</summary>
/// <param name="Folder">The folder's path.</param>
/// <param name="Experiment">The experiment as it ran.</param>
/// <param name="Manifest">The means by which the run was made: machine, versions, files, data.</param>
/// <param name="Seeds">The seeds, in the order of the experiment.</param>
/// <param name="Outcomes">The outcomes of every seed and arm, those of arms' averages among them.</param>
public sealed record FinishedRun(
    string Folder, ExperimentTree Experiment, RunManifest Manifest, IReadOnlyList<long> Seeds,
    IReadOnlyList<ArmOutcome> Outcomes)
{
    /// <summary>The names of the arms, in the order of the experiment, each with its average behind it.</summary>
    public IReadOnlyList<string> Arms => [.. Outcomes.Select(outcome => outcome.Arm).Distinct()];

    /// <summary>The finished evaluations that were added to the run. Their findings are among
    /// <see cref="Outcomes"/>, under heads' names such as <c>knn (sketches)</c>.</summary>
    public IReadOnlyList<LaterEvaluation> Evaluations { get; private init; } = [];

    /// <summary>Lines for the reader about evaluations that are left out.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Reads the folder of a finished run.</summary>
    /// <exception cref="InvalidDataException">The folder holds no run, an unfinished run, or a damaged file; the
    /// message says what to do.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static FinishedRun Read(string path) =>
        TryRead(path, out var unfinished) ?? throw new InvalidDataException(unfinished);

    /// <summary>Reads the folder of a run; null where the folder holds no finished run.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="unfinished">Why the result is null; empty where it is not.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or was edited; the message says what to
    /// do.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static FinishedRun? TryRead(string path, out string unfinished)
    {
        unfinished = "";
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var (experimentFile, manifestFile) =
            (Path.Combine(folder, RunFolder.ExperimentFile), Path.Combine(folder, RunFolder.ManifestFile));
        if (!Directory.Exists(folder))
            unfinished = $"{folder} does not exist: give the folder that an earlier run printed";
        else if (((string[])[experimentFile, manifestFile]).FirstOrDefault(file => !File.Exists(file)) is { } absent)
            unfinished = $"{folder} is no run folder: it has no {Path.GetFileName(absent)}; "
                + "give the folder that an earlier run printed";
        if (unfinished.Length > 0) return null;
        var problems = new Problems();
        var tree = ExperimentReader.Read(experimentFile, [], ExperimentKeys.All, problems);
        if (tree is null || problems.Count > 0)
            throw new InvalidDataException($"{experimentFile} is damaged: {problems.FirstOrDefault()}");
        var manifest = RunManifest.Read(folder);
        if (manifest.Experiment.To(ExperimentValues.Of(tree)).ToArray() is { Length: > 0 } edited)
            throw new InvalidDataException($"{experimentFile} was edited after the run: undo that\n  "
                + string.Join("\n  ", edited.Select(difference => $"{difference}")));
        var seeds = SeedsOf(tree);
        var outcomes = seeds.ToDictionary(seed => seed, seed => OutcomesOf(folder, seed, tree));
        long[] missing = [.. seeds.Where(seed => outcomes[seed] is null)];
        if (missing.Length > 0) unfinished = Unfinished(folder, missing, seeds);
        return missing.Length > 0 ? null : new FinishedRun(folder, tree, manifest, seeds,
            ArmOutcome.WithAverages([.. seeds.SelectMany(seed => outcomes[seed]!)])).WithEvaluations();
    }

    /// <summary>The run with what its evaluations found; those that do not fit it now are left out, with a
    /// note.</summary>
    FinishedRun WithEvaluations()
    {
        var (found, notes) = (new List<LaterEvaluation>(), new List<string>());
        foreach (var folder in LaterEvaluation.Folders(Folder))
        {
            var evaluation = TryRead(folder, out _) is { } read
                ? new LaterEvaluation(Path.GetFileName(folder), read) : null;
            var obstacle = evaluation is null ? "is not finished" : evaluation.ObstacleIn(this);
            if (obstacle is not null) notes.Add($"{folder} {obstacle}, and is left out: evaluate again by rils eval");
            else found.Add(evaluation!);
        }
        return this with
        {
            Evaluations = found,
            Notes = [.. notes, .. found.Select(evaluation => evaluation.ChangeSince(this)).OfType<string>()],
            Outcomes = [.. Outcomes.Select(own => own with
            {
                Heads = [.. own.Heads, .. found.SelectMany(evaluation => evaluation.HeadsOn(own.Arm, own.Seed))],
            })],
        };
    }

    static string Unfinished(string folder, long[] missing, IReadOnlyList<long> seeds)
    {
        var which = $"{(missing.Length == 1 ? "seed" : "seeds")} {string.Join(", ", missing)}";
        var what = missing.Any(seed => HasDamage(folder, seed)) ? "a damaged" : "no";
        return $"{folder} is not finished: {which} of {string.Join(", ", seeds)} "
            + $"left {what} {RunFolder.OutcomeFile}; finish it by: rils run --resume {folder}";
    }

    /// <summary>The heads' outcomes of single samples in the last evaluation of an arm.</summary>
    /// <exception cref="InvalidDataException">The file is missing or damaged.</exception>
    public ArmSamples Samples(ArmOutcome outcome)
    {
        var later = Evaluations.SelectMany(evaluation => evaluation.SamplesOn(outcome.Arm, outcome.Seed)).ToArray();
        var own = OwnSamples(outcome with
        {
            Heads = [.. outcome.Heads.Where(head => !later.Any(added => added.Key == head.Head))],
        });
        return own with { Heads = own.Heads.Concat(later).ToDictionary() };
    }

    ArmSamples OwnSamples(ArmOutcome outcome)
    {
        if (outcome.Heads.Count == 0) return ArmSamples.None;
        var arm = ArmFolder(outcome);
        return ArmSamples.TryRead(arm, outcome, Last(outcome)) ?? throw new InvalidDataException(
            $"{Path.Combine(arm, ArmSamples.Name)} is missing or damaged, or of another version: make it again by: "
            + (LaterEvaluation.Is(Folder) ? "rils eval, after removing the folder" : $"rils run --resume {Folder}"));
    }

    /// <summary>The folder of an arm of a seed.</summary>
    public string ArmFolder(ArmOutcome outcome) =>
        Path.Combine(Folder, RunFolder.SeedFolder(outcome.Seed), ArmAverage.PathOf(outcome.Arm));

    /// <summary>The numbers of a seed's training steps, by step, then by arm; empty where the file of the numbers was
    /// removed.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<MetricRow> Metrics(long seed)
    {
        var parts = RunFolder.PhaseFolders(Path.Combine(Folder, RunFolder.SeedFolder(seed)))
            .Where(phase => File.Exists(Path.Combine(phase, MetricsFile.Name)));
        return [.. parts.SelectMany(Rows).OrderBy(row => row.Step).ThenBy(row => row.Arm, StringComparer.Ordinal)];
    }

    static IEnumerable<MetricRow> Rows(string phase)
    {
        const string Remedy = "put the file back from a copy, or remove it to go on without its curves";
        var file = Path.Combine(phase, MetricsFile.Name);
        MetricRow[] rows = [.. File.ReadLines(file)
            .Select((line, index) => MetricsFile.Parse(Encoding.UTF8.GetBytes(line))
                ?? throw new InvalidDataException($"{file}: line {index + 1} is damaged: {Remedy}"))];
        if (PhaseOutcome.TryRead(phase)?.Metrics is { } mark && FileHash.Of(file) != mark.Sha256)
            throw new InvalidDataException(
                $"{file} is damaged, or was edited: its SHA-256 is not the one in {RunFolder.OutcomeFile}; {Remedy}");
        return rows;
    }

    /// <summary>The results of the last evaluation by each head.</summary>
    public static IReadOnlyList<HeadOutcome> Last(ArmOutcome outcome) =>
        [.. outcome.Heads.GroupBy(head => head.Head).Select(head => head.MaxBy(found => found.Step)!)];

    /// <summary>The outcomes of a seed, in the order of the arms; null where the seed is not finished or its file is
    /// damaged. Resuming the run makes the outcomes in both cases.</summary>
    static IReadOnlyList<ArmOutcome>? OutcomesOf(string folder, long seed, ExperimentTree tree)
    {
        var outcomes = RunFolder.PhaseFolders(Path.Combine(folder, RunFolder.SeedFolder(seed)))
            .SelectMany(phase => PhaseOutcome.TryRead(phase)?.Arms ?? []).ToList();
        string[] arms = [.. tree.Arms.Select(arm => arm.Name)];
        return ArmOutcome.AreOf(arms, outcomes)
            ? [.. outcomes.OrderBy(outcome => Array.IndexOf(arms, outcome.Arm))] : null;
    }

    static bool HasDamage(string folder, long seed) =>
        RunFolder.PhaseFolders(Path.Combine(folder, RunFolder.SeedFolder(seed)))
            .Any(phase => File.Exists(Path.Combine(phase, RunFolder.OutcomeFile))
                && PhaseOutcome.TryRead(phase) is null);

    /// <summary>The seeds of an experiment; a lone seed need not be a list, and an experiment without seeds has seed
    /// 0.</summary>
    internal static IReadOnlyList<long> SeedsOf(ExperimentTree tree) => tree.Root["seeds"] switch
    {
        ArrayNode seeds => [.. seeds.Items.OfType<ScalarNode>().Select(seed => seed.Value).OfType<long>()],
        ScalarNode { Value: long seed } => [seed],
        _ => [0],
    };
}

using System.Text;
using Rils.Configuration;
using Rils.Contract;
using Rils.Files;

namespace Rils.Runs;

/// <summary>What the folder of a finished run says. It is read without a hold on it.</summary>
/// <param name="Folder">Its path.</param>
/// <param name="Experiment">As it ran.</param>
/// <param name="Manifest">By what it was done.</param>
/// <param name="Seeds">In the order of the experiment.</param>
/// <param name="Outcomes">Of every seed and arm.</param>
public sealed record FinishedRun(
    string Folder, ExperimentTree Experiment, RunManifest Manifest, IReadOnlyList<long> Seeds, IReadOnlyList<ArmOutcome> Outcomes)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">It holds no run, one that is not finished, or a damaged file; the message says how to mend that.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static FinishedRun Read(string path) =>
        TryRead(path, out var unfinished) ?? throw new InvalidDataException(unfinished);

    /// <summary>Reads a folder, where it holds a run that has ended.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="unfinished">Why it is none, where nothing is damaged; empty otherwise.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or was edited; the message says how to mend
    /// that.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static FinishedRun? TryRead(string path, out string unfinished)
    {
        unfinished = "";
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var (experimentFile, manifestFile) = (Path.Combine(folder, RunFolder.ExperimentFile), Path.Combine(folder, RunFolder.ManifestFile));
        if (!Directory.Exists(folder))
            unfinished = $"{folder} does not exist: give the folder that an earlier run printed";
        else if (((string[])[experimentFile, manifestFile]).FirstOrDefault(file => !File.Exists(file)) is { } absent)
            unfinished = $"{folder} is no run folder: it has no {Path.GetFileName(absent)}; give the folder that an earlier run printed";
        if (unfinished.Length > 0) return null;
        var problems = new Problems();
        var tree = ExperimentReader.Read(experimentFile, [], ExperimentKeys.All, problems);
        if (tree is null || problems.Count > 0) throw new InvalidDataException($"{experimentFile} is damaged: {problems.FirstOrDefault()}");
        var manifest = RunManifest.Read(folder);
        if (manifest.Experiment.To(ExperimentValues.Of(tree)).ToArray() is { Length: > 0 } edited)
            throw new InvalidDataException($"{experimentFile} was edited after the run: undo that\n  {string.Join("\n  ", edited.Select(difference => $"{difference}"))}");
        var seeds = SeedsOf(tree);
        var outcomes = seeds.ToDictionary(seed => seed, seed => OutcomesOf(folder, seed, tree));
        long[] missing = [.. seeds.Where(seed => outcomes[seed] is null)];
        if (missing.Length > 0)
            unfinished = $"{folder} is not finished: {(missing.Length == 1 ? "seed" : "seeds")} {string.Join(", ", missing)} of {string.Join(", ", seeds)} "
                + $"left {(missing.Any(seed => HasDamage(folder, seed)) ? "a damaged" : "no")} {RunFolder.OutcomeFile}; finish it by: rils run --resume {folder}";
        return missing.Length > 0
            ? null : new(folder, tree, manifest, seeds, [.. seeds.SelectMany(seed => outcomes[seed]!)]);
    }

    /// <summary>What the heads found of each sample in the last evaluation.</summary>
    /// <exception cref="InvalidDataException">The file is missing or damaged.</exception>
    public ArmSamples Samples(ArmOutcome outcome)
    {
        if (outcome.Heads.Count == 0) return ArmSamples.None;
        var arm = ArmFolder(outcome);
        return ArmSamples.TryRead(arm, outcome, Last(outcome)) ?? throw new InvalidDataException(
            $"{Path.Combine(arm, ArmSamples.Name)} is missing or damaged, or of another version: make it again by: rils run --resume {Folder}");
    }

    /// <summary>The folder of an arm of a seed.</summary>
    public string ArmFolder(ArmOutcome outcome) => Path.Combine(Folder, RunFolder.SeedFolder(outcome.Seed), outcome.Arm);

    /// <summary>The numbers of a seed's training steps, by step, then by arm; empty where their file was removed.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<MetricRow> Metrics(long seed)
    {
        var parts = RunFolder.Parts(Path.Combine(Folder, RunFolder.SeedFolder(seed)))
            .Where(part => File.Exists(Path.Combine(part, MetricsFile.Name)));
        return [.. parts.SelectMany(Rows).OrderBy(row => row.Step).ThenBy(row => row.Arm, StringComparer.Ordinal)];
    }

    static IEnumerable<MetricRow> Rows(string part)
    {
        const string Remedy = "put the file back from a copy, or remove it to go on without its curves";
        var file = Path.Combine(part, MetricsFile.Name);
        MetricRow[] rows = [.. File.ReadLines(file)
            .Select((line, index) => MetricsFile.Parse(Encoding.UTF8.GetBytes(line))
            ?? throw new InvalidDataException($"{file}: line {index + 1} is damaged: {Remedy}"))];
        return PhaseOutcome.TryRead(part)?.Metrics is { } mark && FileHash.Of(file) != mark.Sha256
            ? throw new InvalidDataException($"{file} is damaged, or was edited: its SHA-256 is not the one in {RunFolder.OutcomeFile}; {Remedy}") : rows;
    }

    /// <summary>The last evaluation of each head.</summary>
    public static IReadOnlyList<HeadOutcome> Last(ArmOutcome outcome) =>
        [.. outcome.Heads.GroupBy(head => head.Head).Select(head => head.MaxBy(found => found.Step)!)];

    /// <summary>Null where the seed is not finished, or its file is damaged, which resuming mends too.</summary>
    static IReadOnlyList<ArmOutcome>? OutcomesOf(string folder, long seed, ExperimentTree tree)
    {
        var outcomes = RunFolder.Parts(Path.Combine(folder, RunFolder.SeedFolder(seed)))
            .SelectMany(part => PhaseOutcome.TryRead(part)?.Arms ?? []).ToList();
        string[] arms = [.. tree.Arms.Select(arm => arm.Name)];
        return ArmOutcome.AreOf(arms, outcomes) ? [.. outcomes.OrderBy(outcome => Array.IndexOf(arms, outcome.Arm))] : null;
    }

    static bool HasDamage(string folder, long seed) =>
        RunFolder.Parts(Path.Combine(folder, RunFolder.SeedFolder(seed)))
            .Any(part => File.Exists(Path.Combine(part, RunFolder.OutcomeFile)) && PhaseOutcome.TryRead(part) is null);

    /// <summary>A lone seed need not be a list.</summary>
    internal static IReadOnlyList<long> SeedsOf(ExperimentTree tree) => tree.Root["seeds"] switch
    {
        ArrayNode seeds => [.. seeds.Items.OfType<ScalarNode>().Select(seed => seed.Value).OfType<long>()],
        ScalarNode { Value: long seed } => [seed],
        _ => [0],
    };
}

using Rils.Files;

namespace Rils.Runs;

/// <summary>The folder of one run: the experiment, the means by which it ran, and its results.</summary>
/// <remarks>One process at a time holds the folder, by a lock on a file in it that ends with the process.</remarks>
public sealed class RunFolder : IDisposable
{
    const string LockFile = "run.lock";

    readonly FolderHold hold;

    RunFolder(string path)
    {
        Path = path;
        hold = new(path, LockFile);
        Leftovers.Remove(path, isDeep: true);
        foreach (var phase in Directory.GetDirectories(path, "seed-*").SelectMany(PhaseFolders))
            CheckpointFolder.RemoveUnfinished(phase);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>Whether a run was begun in the folder; a begun run has an experiment and a manifest.</summary>
    public bool IsBegun => IsBegunIn(Path);

    /// <summary>Whether a run was begun in a folder that is not held and need not exist.</summary>
    public static bool IsBegunIn(string path) =>
        Directory.Exists(path) && (File.Exists(System.IO.Path.Combine(path, ManifestFile))
            || Directory.EnumerateDirectories(path, "seed-*").Any());

    /// <summary>Makes a new folder, or takes the folder of a run that ended before it had begun.</summary>
    /// <exception cref="IOException">The folder holds something else, or cannot be made.</exception>
    public static RunFolder Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new IOException($"{full} is a file: name a folder with --out");
        if (Directory.Exists(full) && !IsUnused(full))
            throw new IOException(
                $"{full} holds something already: go on with it by --resume, name another folder with --out, "
                + "or remove it");
        return new(DurableFile.MakeFolders(full));
    }

    /// <summary>Makes a folder that no other process has: where the name is taken, the next free number follows
    /// it.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static RunFolder CreateNext(string path)
    {
        for (var number = 1; ; number++)
        {
            var full = System.IO.Path.GetFullPath(number == 1 ? path : $"{path}-{number}");
            if (File.Exists(full) || Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
                continue;
            DurableFile.MakeFolders(full);
            try
            {
                // Only one of several processes makes the file, and that process takes hold of it.
                using (new FileStream(System.IO.Path.Combine(full, LockFile), FileMode.CreateNew))
                {
                }
            }
            catch (IOException) when (File.Exists(System.IO.Path.Combine(full, LockFile)))
            {
                continue;
            }
            return new(full);
        }
    }

    /// <summary>Whether a folder belongs to a run that was killed before it had written its experiment.</summary>
    public static bool IsUnwritten(string path) =>
        File.Exists(System.IO.Path.Combine(path, LockFile))
        && !File.Exists(System.IO.Path.Combine(path, ExperimentFile)) && !IsBegunIn(path);

    /// <summary>Whether a folder holds at most the files that a run leaves when it is killed before it has
    /// begun.</summary>
    static bool IsUnused(string path)
    {
        string[] names =
            [.. Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry))];
        return names.Length == 0
            || names.Contains(LockFile)
            && names.All(name => name is LockFile or ExperimentFile or ErrorLogFile or LogFile || Leftovers.Is(name));
    }

    /// <summary>Opens the folder of an earlier run, also of a run that was killed before it had begun.</summary>
    /// <exception cref="IOException">The folder is no run folder or cannot be read, or another process uses
    /// it.</exception>
    public static RunFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(System.IO.Path.Combine(full, LockFile)))
            throw new IOException(
                $"{full} is no run folder: it has no {LockFile}; give the folder that an earlier run printed");
        return new(full);
    }

    /// <summary>The name of the file of the resolved experiment.</summary>
    public const string ExperimentFile = "experiment.toml";

    /// <summary>The name of the file with the means by which the run was made.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>The names in a seed's folder beside the arms' folders.</summary>
    static readonly string[] Taken =
        [CheckpointFolder.Root, TensorBoard, MetricsFile.Name, BadSamplesFile.Name, OutcomeFile];

    /// <summary>The name of the file in a seed's folder with the outcomes of its arms.</summary>
    internal const string OutcomeFile = "outcome.json";

    /// <summary>The names that no arm can have, because its folder would be one of the run's own; null where the given
    /// name is free.</summary>
    internal static IEnumerable<string>? TakenBy(string arm) =>
        Taken.Contains(arm, StringComparer.OrdinalIgnoreCase)
            || arm.StartsWith(PhasePrefix, StringComparison.OrdinalIgnoreCase) ? Taken.Append($"{PhasePrefix}2") : null;

    /// <summary>The name of the folder of TensorBoard's event files in the folder of a seed.</summary>
    internal const string TensorBoard = "tensorboard";

    const string PhasePrefix = "phase-";

    /// <summary>The name of the file of the trained weights in the folder of an arm.</summary>
    internal const string WeightsFile = "model.safetensors";

    const string ErrorLogFile = "error.log";

    const string LogFile = "run.log";

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => hold.Dispose();

    /// <summary>Removes the folder of a run that never began: the folder was new, so all in it is this run's.</summary>
    public void Discard()
    {
        Dispose();
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>The name of the folder of a seed.</summary>
    internal static string SeedFolder(long seed) => $"seed-{seed}";

    /// <summary>The path of the folder of a seed, which this method makes where it is missing.</summary>
    public string Seed(long seed) => DurableFile.MakeFolder(System.IO.Path.Combine(Path, SeedFolder(seed)));

    /// <summary>The folder in which a phase keeps the files that belong to no single arm: the folder of the seed for
    /// the first phase, a folder within it for each later one.</summary>
    internal string PhaseFolder(SeedPhase phase) =>
        phase.Phase == 1 ? Seed(phase.Seed)
            : DurableFile.MakeFolder(System.IO.Path.Combine(Seed(phase.Seed), $"{PhasePrefix}{phase.Phase}"));

    /// <summary>The existing folders of the phases of a seed, the first phase first.</summary>
    internal static IEnumerable<string> PhaseFolders(string seed) => !Directory.Exists(seed) ? []
        : Directory.GetDirectories(seed, $"{PhasePrefix}*").OrderBy(folder => folder.Length)
            .ThenBy(folder => folder, StringComparer.Ordinal).Prepend(seed);

    /// <summary>The path of the trained weights of an arm, or of an arm's average, which the arm writes after its last
    /// step.</summary>
    internal string WeightsOf(long seed, string arm) => System.IO.Path.Combine(Arm(seed, arm), WeightsFile);

    /// <summary>The path of the folder of an arm, or of an arm's average, of a seed; this method makes the folder where
    /// it is missing.</summary>
    public string Arm(long seed, string arm) => ArmAverage.Is(arm)
        ? DurableFile.MakeFolder(System.IO.Path.Combine(Arm(seed, ArmAverage.ArmOf(arm)), ArmAverage.Folder))
        : DurableFile.MakeFolder(System.IO.Path.Combine(Seed(seed), arm));

    /// <summary>The path of the file that takes the trace of the error that ended the run.</summary>
    public string ErrorLog => System.IO.Path.Combine(Path, ErrorLogFile);

    /// <summary>The path of the log: what happens in the run, with times. Two runs with equal bytes differ in the
    /// log.</summary>
    public string Log => System.IO.Path.Combine(Path, LogFile);

    /// <summary>The path of the file that takes the trace of the error that ended an arm.</summary>
    public string ErrorLogOf(long seed, string arm) => System.IO.Path.Combine(Arm(seed, arm), ErrorLogFile);

    /// <summary>Counts the samples that the run could not use, by the lists of all seeds; a sample in two lists counts
    /// once.</summary>
    /// <returns>The number of samples, and the lists' paths within the folder.</returns>
    public (int Count, IReadOnlyList<string> Lists) BadSamples()
    {
        var lists = Directory.GetDirectories(Path, "seed-*").Order(StringComparer.Ordinal).SelectMany(PhaseFolders)
            .Select(phase => (Part: phase, Found: BadSamplesFile.Read(phase).ToArray()))
            .Where(list => list.Found.Length > 0).ToArray();
        return (lists.SelectMany(list => list.Found).DistinctBy(bad => (bad.Data, bad.Index)).Count(),
            [.. lists.Select(list =>
                System.IO.Path.Combine(System.IO.Path.GetRelativePath(Path, list.Part), BadSamplesFile.Name))]);
    }

    /// <summary>Writes a text file whole or not at all.</summary>
    internal void WriteText(string name, string text) =>
        DurableFile.WriteText(System.IO.Path.Combine(Path, name), text);

    internal string? ReadText(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }
}

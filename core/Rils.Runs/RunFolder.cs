using Rils.Files;

namespace Rils.Runs;

/// <summary>The folder of one run: what was asked, by what it was done, and what came out.</summary>
/// <remarks>It belongs to one process at a time, by a lock on a file in it that ends with the process.</remarks>
public sealed class RunFolder : IDisposable
{
    const string LockFile = "run.lock";

    readonly FolderHold hold;

    RunFolder(string path)
    {
        Path = path;
        hold = new(path, LockFile);
        Leftovers.Remove(path, isDeep: true);
        foreach (var part in Directory.GetDirectories(path, "seed-*").SelectMany(Parts))
            CheckpointFolder.RemoveUnfinished(part);
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Whether a run was begun in it; its experiment and manifest should be there then.</summary>
    public bool IsBegun => IsBegunIn(Path);

    /// <summary>The same of a folder that is not held; it need not exist.</summary>
    public static bool IsBegunIn(string path) =>
        Directory.Exists(path) && (File.Exists(System.IO.Path.Combine(path, ManifestFile))
            || Directory.EnumerateDirectories(path, "seed-*").Any());

    /// <summary>Makes a new folder, or takes the one of a run that ended before it had begun.</summary>
    /// <exception cref="IOException">There is one with something else in it, or it cannot be made.</exception>
    public static RunFolder Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new IOException($"{full} is a file: name a folder with --out");
        if (Directory.Exists(full) && !IsUnused(full))
            throw new IOException($"{full} holds something already: go on with it by --resume, name another folder with --out, or remove it");
        return new(DurableFile.MakeFolders(full));
    }

    /// <summary>Makes a folder that no other process has: where the name is taken, with the next free number behind
    /// it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
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
                // Of several processes one makes the file; it is taken hold of only then.
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

    /// <summary>Whether a folder is one of a run that was killed before it had written down its experiment.</summary>
    public static bool IsUnwritten(string path) => 
        File.Exists(System.IO.Path.Combine(path, LockFile))
            && !File.Exists(System.IO.Path.Combine(path, ExperimentFile)) && !IsBegunIn(path);

    /// <summary>Whether there is nothing in a folder but what a run leaves that was killed before it had
    /// begun.</summary>
    static bool IsUnused(string path)
    {
        string[] names =
            [.. Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry))];
        return names.Length == 0
            || names.Contains(LockFile)
            && names.All(name => name is LockFile or ExperimentFile or ErrorLogFile or LogFile || Leftovers.Is(name));
    }

    /// <summary>Opens the folder of an earlier run, also of one that was killed before it had begun.</summary>
    /// <exception cref="IOException">It is no run folder, it cannot be read, or another process uses it.</exception>
    public static RunFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(System.IO.Path.Combine(full, LockFile)))
            throw new IOException($"{full} is no run folder: it has no {LockFile}; give the folder that an earlier run printed");
        return new(full);
    }

    /// <summary>The resolved experiment.</summary>
    public const string ExperimentFile = "experiment.toml";

    /// <summary>How the arms of all finished seeds ended.</summary>
    public const string ResultsFile = "results.json";

    /// <summary>By what the run was done.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>What the folder of a seed holds beside the arms' folders.</summary>
    static readonly string[] Taken = [CheckpointFolder.Root, TensorBoard, MetricsFile.Name, BadSamplesFile.Name, OutcomeFile];

    /// <summary>How the arms of a finished seed ended, in its folder.</summary>
    internal const string OutcomeFile = "outcome.json";

    /// <summary>What no arm can be called, since its folder would be one of these; null for any other name.</summary>
    internal static IEnumerable<string>? TakenBy(string arm) =>
        Taken.Contains(arm, StringComparer.OrdinalIgnoreCase) || arm.StartsWith(PhasePrefix, StringComparison.OrdinalIgnoreCase) ? Taken.Append($"{PhasePrefix}2") : null;

    /// <summary>The folder of TensorBoard's event files, in the folder of a seed.</summary>
    internal const string TensorBoard = "tensorboard";

    const string PhasePrefix = "phase-";

    /// <summary>The trained weights in the folder of an arm.</summary>
    internal const string WeightsFile = "model.safetensors";

    const string ErrorLogFile = "error.log";

    const string LogFile = "run.log";

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => hold.Dispose();

    /// <summary>Removes it, for a run that never began: it was new, so all in it is this run's.</summary>
    public void Discard()
    {
        Dispose();
        Directory.Delete(Path, recursive: true);
    }

    /// <summary>The name of the folder of a seed.</summary>
    internal static string SeedFolder(long seed) => $"seed-{seed}";

    /// <summary>The folder of a seed.</summary>
    public string Seed(long seed) => DurableFile.MakeFolder(System.IO.Path.Combine(Path, SeedFolder(seed)));

    /// <summary>Where a phase keeps what belongs to no single arm: the first one in the folder of the seed, later ones in folders within it.</summary>
    internal string Part(RunPart part) =>
        part.Phase == 1 ? Seed(part.Seed)
            : DurableFile.MakeFolder(System.IO.Path.Combine(Seed(part.Seed), $"{PhasePrefix}{part.Phase}"));

    /// <summary>The folders of the phases of a seed that are there, the first one first.</summary>
    internal static IEnumerable<string> Parts(string seed) => !Directory.Exists(seed) ? []
        : Directory.GetDirectories(seed, $"{PhasePrefix}*").OrderBy(folder => folder.Length).ThenBy(folder => folder, StringComparer.Ordinal).Prepend(seed);

    /// <summary>The trained weights of an arm, written after its last step.</summary>
    internal string WeightsOf(long seed, string arm) => System.IO.Path.Combine(Arm(seed, arm), WeightsFile);

    /// <summary>The folder of an arm of a seed.</summary>
    public string Arm(long seed, string arm) => DurableFile.MakeFolder(System.IO.Path.Combine(Seed(seed), arm));

    /// <summary>Gets the trace of what ended the run.</summary>
    public string ErrorLog => System.IO.Path.Combine(Path, ErrorLogFile);

    /// <summary>Gets what happens in the run, with times: two runs with equal bytes differ in it.</summary>
    public string Log => System.IO.Path.Combine(Path, LogFile);

    /// <summary>Gets the trace of what ended an arm.</summary>
    public string ErrorLogOf(long seed, string arm) => System.IO.Path.Combine(Arm(seed, arm), ErrorLogFile);

    /// <summary>Samples that could not be used, by the lists of all seeds; the same one counts once.</summary>
    /// <returns>How many, and the lists' paths within the folder.</returns>
    public (int Count, IReadOnlyList<string> Lists) BadSamples()
    {
        var lists = Directory.GetDirectories(Path, "seed-*").Order(StringComparer.Ordinal).SelectMany(Parts).Select(part => (Part: part, Found: BadSamplesFile.Read(part).ToArray()))
            .Where(list => list.Found.Length > 0).ToArray();
        return (lists.SelectMany(list => list.Found).DistinctBy(bad => (bad.Data, bad.Index)).Count(),
            [.. lists.Select(list => System.IO.Path.Combine(System.IO.Path.GetRelativePath(Path, list.Part), BadSamplesFile.Name))]);
    }

    /// <summary>Writes a text file whole or not at all.</summary>
    internal void WriteText(string name, string text) => DurableFile.WriteText(System.IO.Path.Combine(Path, name), text);

    internal string? ReadText(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>Writes a JSON file whole or not at all; keys are in snake_case.</summary>
    internal void WriteJson<T>(string name, T value) => WriteText(name, RunJson.Write(value));
}

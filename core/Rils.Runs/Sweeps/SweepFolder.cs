using Rils.Configuration;
using Rils.Files;

namespace Rils.Runs.Sweeps;

/// <summary>The folder of a sweep of several runs: <c>sweep.json</c>, each run's experiment, and each run's own
/// folder.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Record">What it holds.</param>
public sealed record SweepFolder(string Path, SweepRecord Record)
{
    /// <summary>The file that makes a folder the folder of a sweep.</summary>
    public const string File = "sweep.json";

    /// <summary>The version of the form of <c>sweep.json</c>.</summary>
    internal const int Version = 1;

    /// <summary>By which the folder belongs to one process; it is there before all else.</summary>
    const string LockFile = "sweep.lock";

    /// <summary>Whether a folder is one.</summary>
    public static bool Is(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, File));

    /// <summary>Whether a process was killed that was making one, before it wrote the sweep down: no run has begun in
    /// it.</summary>
    public static bool IsUnfinished(string path) =>
        !Is(path) && System.IO.File.Exists(System.IO.Path.Combine(path, LockFile));

    /// <summary>Keeps other processes out of the folder of a sweep until it is disposed.</summary>
    /// <exception cref="IOException">Another process uses it.</exception>
    public static IDisposable Hold(string path)
    {
        var hold = new FolderHold(System.IO.Path.GetFullPath(path), LockFile);
        Leftovers.Remove(System.IO.Path.GetFullPath(path), isDeep: false);
        return hold;
    }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">Its <c>sweep.json</c> is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SweepFolder Open(string path)
    {
        var (full, file) = (System.IO.Path.GetFullPath(path), System.IO.Path.Combine(System.IO.Path.GetFullPath(path), File));
        return Read(file) is { } record ? new(System.IO.Path.TrimEndingDirectorySeparator(full), record)
            : throw new InvalidDataException($"{file} is damaged: run the sweep's file again with --out {full}, which writes it anew and goes on");
    }

    /// <summary>Null where it is missing or damaged.</summary>
    internal static SweepRecord? Read(string file) =>
        System.IO.File.Exists(file) && RunJson.TryRead<SweepRecord>(System.IO.File.ReadAllText(file)) is { Version: Version, Runs.Count: > 0 } record ? record : null;

    /// <summary>Writes the experiment of a run beside its folder.</summary>
    public void Keep(SweepRecord.Run run, ExperimentTree tree)
    {
        var (file, text) = (ExperimentOf(run), ResolvedExperiment.Write(tree));
        if (!System.IO.File.Exists(file) || System.IO.File.ReadAllText(file) != text) DurableFile.WriteText(file, text);
    }

    /// <summary>The folder of a run.</summary>
    public string FolderOf(SweepRecord.Run run) => System.IO.Path.Combine(Path, run.Folder);

    /// <summary>The experiment of a run, which is there before the run is.</summary>
    public string ExperimentOf(SweepRecord.Run run) => $"{FolderOf(run)}.toml";

    /// <summary>A run that has ended for all of these seeds, and maybe for more; null for one that has not.</summary>
    /// <exception cref="InvalidDataException">A file of it is damaged, or was edited.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public FinishedRun? Finished(SweepRecord.Run run, IReadOnlyList<long>? seeds = null) =>
        FinishedRun.TryRead(FolderOf(run), out _) is { } finished
            && (seeds is null || seeds.All(finished.Seeds.Contains)) ? finished : null;
}

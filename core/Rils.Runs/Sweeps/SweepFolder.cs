using Rils.Configuration;
using Rils.Files;

namespace Rils.Runs.Sweeps;

/// <summary>The folder of a sweep of several runs: <c>sweep.json</c>, and for each run its experiment and its
/// folder.</summary>
/// <param name="Path">The folder's absolute path.</param>
/// <param name="Record">The content of <c>sweep.json</c>.</param>
public sealed record SweepFolder(string Path, SweepRecord Record)
{
    /// <summary>The name of the file that makes a folder the folder of a sweep.</summary>
    public const string File = "sweep.json";

    /// <summary>The version of the form of <c>sweep.json</c>.</summary>
    internal const int Version = 1;

    /// <summary>The file whose lock gives the folder to one process; a process makes it before all other
    /// files.</summary>
    const string LockFile = "sweep.lock";

    /// <summary>Whether a folder is the folder of a sweep.</summary>
    public static bool Is(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, File));

    /// <summary>Whether a process was killed while it made the folder of a sweep, before it wrote <c>sweep.json</c>: no
    /// run has begun in such a folder.</summary>
    public static bool IsUnfinished(string path) =>
        !Is(path) && System.IO.File.Exists(System.IO.Path.Combine(path, LockFile));

    /// <summary>Keeps other processes out of the folder of a sweep until the result is disposed.</summary>
    /// <exception cref="IOException">Another process uses it.</exception>
    public static IDisposable Hold(string path)
    {
        var hold = new FolderHold(System.IO.Path.GetFullPath(path), LockFile);
        Leftovers.Remove(System.IO.Path.GetFullPath(path), isDeep: false);
        return hold;
    }

    /// <summary>Reads the folder of a sweep.</summary>
    /// <exception cref="InvalidDataException"><c>sweep.json</c> is damaged.</exception>
    /// <exception cref="IOException"><c>sweep.json</c> cannot be read.</exception>
    public static SweepFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var file = System.IO.Path.Combine(full, File);
        return Read(file) is { } record ? new(System.IO.Path.TrimEndingDirectorySeparator(full), record)
            : throw new InvalidDataException(
                $"{file} is damaged: run the sweep's file again with --out {full}, which writes it anew and goes on");
    }

    /// <summary>Reads <c>sweep.json</c>; null where the file is missing or damaged.</summary>
    internal static SweepRecord? Read(string file) => System.IO.File.Exists(file)
        && RunJson.TryRead<SweepRecord>(System.IO.File.ReadAllText(file))
            is { Version: Version, Runs.Count: > 0 } record ? record : null;

    /// <summary>Writes the experiment of a run beside its folder.</summary>
    public void Keep(SweepRecord.Run run, ExperimentTree tree)
    {
        var (file, text) = (ExperimentOf(run), ResolvedExperiment.Write(tree));
        if (!System.IO.File.Exists(file) || System.IO.File.ReadAllText(file) != text) DurableFile.WriteText(file, text);
    }

    /// <summary>The path of the folder of a run.</summary>
    public string FolderOf(SweepRecord.Run run) => System.IO.Path.Combine(Path, run.Folder);

    /// <summary>The path of the experiment of a run; the experiment is written before the run's folder is
    /// made.</summary>
    public string ExperimentOf(SweepRecord.Run run) => $"{FolderOf(run)}.toml";

    /// <summary>The run, where it has ended for all of the given seeds, and maybe for more; null where it has
    /// not.</summary>
    /// <exception cref="InvalidDataException">A file of the run is damaged, or was edited.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public FinishedRun? Finished(SweepRecord.Run run, IReadOnlyList<long>? seeds = null) =>
        FinishedRun.TryRead(FolderOf(run), out _) is { } finished
            && (seeds is null || seeds.All(finished.Seeds.Contains)) ? finished : null;
}

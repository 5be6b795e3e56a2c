using Rils.Engine.Experiments;
using Rils.Engine.Files;
using Rils.Engine.Runs;

namespace Rils.Engine.Sweeps;

/// <summary>The folder of a sweep of several runs: <c>sweep.json</c>, each run's experiment, and each run's own folder.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Record">What it holds.</param>
public sealed record SweepFolder(string Path, SweepRecord Record)
{
    /// <summary>What says that a folder is one.</summary>
    public const string File = "sweep.json";

    const int Version = 1;

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
    static SweepRecord? Read(string file) =>
        System.IO.File.Exists(file) && RunJson.TryRead<SweepRecord>(System.IO.File.ReadAllText(file)) is { Version: Version, Runs.Count: > 0 } record ? record : null;

    /// <summary>Writes down what a sweep makes. What the folder holds of it already stays, and only arms that no run there has get new ones; what it holds of another
    /// sweep is left alone.</summary>
    /// <param name="path">A folder that is new, empty or a sweep's, also one of a sweep that was killed before it was
    /// written down.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="device">The device of all arms.</param>
    /// <param name="check">Gets the experiment of each run, with the file that it will have, before anything is written; throws if it cannot be run.</param>
    /// <param name="agree">Called when all have passed, and before anything is written; throws if they cannot be run
    /// together.</param>
    /// <exception cref="IOException">It holds something else, or cannot be written.</exception>
    public static SweepFolder Create(string path, Sweep sweep, string device, Action<ExperimentTree, string> check,
        Action? agree = null)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (System.IO.File.Exists(full)) throw new IOException($"{full} is a file: name a folder with --out");
        if (Directory.Exists(full) && !Is(full) && !IsUnfinished(full)
            && Directory.EnumerateFileSystemEntries(full).Any())
            throw new IOException($"{full} holds something that is no sweep: name another folder with --out, or remove it");
        var folder = new SweepFolder(System.IO.Path.TrimEndingDirectorySeparator(full), new(Version, sweep.Name, sweep.Points, sweep.Keys, []));
        var earlier = new EarlierRuns(Read(System.IO.Path.Combine(full, File))?.Runs ?? [], folder.ExperimentOf, device);
        (SweepRecord.Run Record, ExperimentTree Tree)[] runs = [.. sweep.Runs.GroupBy(run => run.Point).SelectMany(point => RunsOf([.. point], earlier, device))];
        foreach (var (record, tree) in runs) check(tree, folder.ExperimentOf(record));
        agree?.Invoke();
        DurableFile.MakeFolders(full);
        using var hold = Hold(full);
        foreach (var (record, tree) in runs) folder.Keep(record, tree);
        folder = folder with { Record = folder.Record with { Runs = [.. runs.Select(run => run.Record)] } };
        DurableFile.WriteText(System.IO.Path.Combine(full, File), RunJson.Write(folder.Record));
        return folder;
    }

    /// <summary>What a point has already, then what it lacks. A new arm that takes weights has with it the arms that it takes from, whatever runs have these besides.</summary>
    static IEnumerable<(SweepRecord.Run Record, ExperimentTree Tree)> RunsOf(IReadOnlyList<SweepRun> point, EarlierRuns earlier, string device)
    {
        var kept = earlier.Of(point);
        foreach (var (record, tree) in kept) yield return (record, tree with { Root = point[0].Tree.Root });
        var known = kept.SelectMany(run => run.Tree.Arms).Select(arm => arm.Name).ToHashSet();
        foreach (var run in point)
        {
            var names = run.WithSources(run.Arms.Select(arm => arm.Name).Where(name => !known.Contains(name)));
            if (names.Count == 0) continue;
            var tree = run.Tree with { Arms = [.. run.Tree.Arms.Where(arm => names.Contains(arm.Name))] };
            var folder = string.Join('-', new[] { run.Label, RunKey.Of(tree, run.Settings.PrecisionOn(device), device) }.Where(part => part.Length > 0));
            yield return (new(folder, run.Point, run.Title, run.Values, [.. run.Arms.Where(arm => names.Contains(arm.Name))]), tree);
        }
    }

    /// <summary>Writes the experiment of a run beside its folder.</summary>
    public void Keep(SweepRecord.Run run, ExperimentTree tree)
    {
        var text = ResolvedExperiment.Write(tree);
        if (!System.IO.File.Exists(ExperimentOf(run)) || System.IO.File.ReadAllText(ExperimentOf(run)) != text) DurableFile.WriteText(ExperimentOf(run), text);
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

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

    /// <summary>Whether a folder is one.</summary>
    public static bool Is(string path) => System.IO.File.Exists(System.IO.Path.Combine(path, File));

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">Its <c>sweep.json</c> is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SweepFolder Open(string path)
    {
        var (full, file) = (System.IO.Path.GetFullPath(path), System.IO.Path.Combine(System.IO.Path.GetFullPath(path), File));
        return RunJson.TryRead<SweepRecord>(System.IO.File.ReadAllText(file)) is { Version: Version, Runs.Count: > 0 } record
            ? new(System.IO.Path.TrimEndingDirectorySeparator(full), record)
            : throw new InvalidDataException($"{file} is damaged: run the sweep's file again with --out {full}, which writes it anew and goes on");
    }

    /// <summary>Writes down what a sweep makes. What the folder holds of it already stays; so does what it holds of another sweep.</summary>
    /// <param name="path">A folder that is new, empty or a sweep's.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="device">The device of all arms.</param>
    /// <exception cref="IOException">It holds something else, or cannot be written.</exception>
    public static SweepFolder Create(string path, Sweep sweep, string device)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (System.IO.File.Exists(full)) throw new IOException($"{full} is a file: name a folder with --out");
        if (Directory.Exists(full) && !Is(full) && Directory.EnumerateFileSystemEntries(full).Any())
            throw new IOException($"{full} holds something that is no sweep: name another folder with --out, or remove it");
        Directory.CreateDirectory(full);
        SweepRecord.Run[] runs = [.. sweep.Runs.Select(run =>
            new SweepRecord.Run($"{run.Label}-{RunKey.Of(run.Tree, run.Settings.PrecisionOn(device), device)}", run.Point, run.Title, run.Values, run.Arms))];
        var folder = new SweepFolder(System.IO.Path.TrimEndingDirectorySeparator(full), new(Version, sweep.Name, sweep.Points, sweep.Keys, runs));
        foreach (var (run, from) in runs.Zip(sweep.Runs)) folder.Keep(run, from.Tree);
        DurableFile.WriteText(System.IO.Path.Combine(full, File), RunJson.Write(folder.Record));
        return folder;
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
    /// <exception cref="IOException">A file cannot be read.</exception>
    public FinishedRun? Finished(SweepRecord.Run run, IReadOnlyList<long>? seeds = null)
    {
        try
        {
            return Directory.Exists(FolderOf(run)) && FinishedRun.Read(FolderOf(run)) is var finished && (seeds is null || seeds.All(finished.Seeds.Contains)) ? finished : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

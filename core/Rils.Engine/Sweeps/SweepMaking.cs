using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Files;
using Rils.Runs.Sweeps;

namespace Rils.Engine.Sweeps;

/// <summary>Writes the folder of a sweep.</summary>
public static class SweepMaking
{
    /// <summary>Writes the runs of a sweep into its folder. Runs of this sweep that the folder already has stay, and
    /// only arms that are in none of them get new runs; runs of another sweep are left alone.</summary>
    /// <param name="path">A folder that is new, empty or a sweep's, also that of a sweep that was killed before its
    /// <c>sweep.json</c> was written.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="device">The device of the arms that name none.</param>
    /// <param name="check">Takes the experiment of each run, with the file that it will have, before anything is
    /// written; throws where the experiment cannot run.</param>
    /// <param name="agree">Called after all checks and before anything is written; throws where the runs cannot stand
    /// together.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    /// <exception cref="ExperimentException">The machine lacks a device that an arm names, or the devices of a run are
    /// of two kinds.</exception>
    public static SweepFolder Create(string path, Sweep sweep, string device, Action<ExperimentTree, string> check,
        Action? agree = null)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full)) throw new IOException($"{full} is a file: name a folder with --out");
        if (Directory.Exists(full) && !SweepFolder.Is(full) && !SweepFolder.IsUnfinished(full)
            && Directory.EnumerateFileSystemEntries(full).Any())
            throw new IOException(
                $"{full} holds something that is no sweep: name another folder with --out, or remove it");
        var folder = new SweepFolder(
            Path.TrimEndingDirectorySeparator(full),
            new(SweepFolder.Version, sweep.Name, sweep.Points, sweep.Keys, []));
        var earlier = new EarlierRuns(
            SweepFolder.Read(Path.Combine(full, SweepFolder.File))?.Runs ?? [], folder.ExperimentOf, device);
        (SweepRecord.Run Record, ExperimentTree Tree)[] runs =
            [.. sweep.Runs.GroupBy(run => run.Point).SelectMany(point => RunsOf([.. point], earlier, device))];
        RequireDevices(runs.Select(run => run.Tree), device);
        foreach (var (record, tree) in runs) check(tree, folder.ExperimentOf(record));
        agree?.Invoke();
        DurableFile.MakeFolders(full);
        using var hold = SweepFolder.Hold(full);
        foreach (var (record, tree) in runs) folder.Keep(record, tree);
        folder = folder with { Record = folder.Record with { Runs = [.. runs.Select(run => run.Record)] } };
        DurableFile.WriteText(Path.Combine(full, SweepFolder.File), RunJson.Write(folder.Record));
        return folder;
    }

    static void RequireDevices(IEnumerable<ExperimentTree> runs, string device)
    {
        var problems = new Problems();
        foreach (var tree in runs) ArmDevices.Require(tree, device, problems);
        problems.ThrowIfAny();
    }

    /// <summary>The runs that the folder has for a point, then new runs for the arms that it lacks. A new arm that
    /// takes weights shares its run with their sources, even where another run has these sources too.</summary>
    static IEnumerable<(SweepRecord.Run Record, ExperimentTree Tree)> RunsOf(
        IReadOnlyList<SweepRun> point, EarlierRuns earlier, string device)
    {
        var kept = earlier.Of(point);
        foreach (var (record, tree) in kept) yield return (record, tree with { Root = point[0].Tree.Root });
        var known = kept.SelectMany(run => run.Tree.Arms).Select(arm => arm.Name).ToHashSet();
        foreach (var run in point)
        {
            var names = run.WithSources(run.Arms.Select(arm => arm.Name).Where(name => !known.Contains(name)));
            if (names.Count == 0) continue;
            var tree = run.Tree with { Arms = [.. run.Tree.Arms.Where(arm => names.Contains(arm.Name))] };
            var key = RunKey.Of(tree, run.Settings, device);
            var folder = run.Label.Length > 0 ? $"{run.Label}-{key}" : key;
            yield return (
                new(folder, run.Point, run.Title, run.Values, [.. run.Arms.Where(arm => names.Contains(arm.Name))]),
                tree);
        }
    }
}

using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Sweeps;
using Rils.Engine.Training;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Commands;

/// <summary>Trains the runs of a sweep one after the other. Finished runs are passed over, begun runs are
/// resumed.</summary>
sealed class SweepRuns(ExperimentLoader experiments, SweepLoader sweeps, OneRun one, RunLog log, Terminal terminal)
{
    /// <summary>Trains the runs that are left.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="sets">The overrides of <c>--set</c>, for a sweep that is resumed without its file.</param>
    /// <param name="device">The device of the arms that name none.</param>
    /// <param name="resumption">The comparison that all runs of the sweep have passed.</param>
    /// <param name="stopping">Cancelled by a signal.</param>
    /// <returns>The largest exit code of a run.</returns>
    /// <exception cref="StoppedException">A signal stopped the sweep before its end.</exception>
    public int Run(SweepFolder folder, IReadOnlyList<string> sets, string device, Resumption resumption,
        CancellationToken stopping)
    {
        using var hold = OneRun.Usable("--resume", () => SweepFolder.Hold(folder.Path));
        var (runs, worst) = (folder.Record.Runs, ExitCode.Done);
        try
        {
            foreach (var (index, run) in runs.Index())
            {
                var position = SweepLines.Position(index, runs.Count, run.Title);
                worst = Math.Max(worst, Run(folder, run, position, sets, device, resumption, stopping));
            }
        }
        catch (OperationCanceledException stopped) when (stopping.IsCancellationRequested)
        {
            var way = SweepLines.Stopped(folder.Path);
            throw new StoppedException(stopped is StoppedException ? $"{stopped.Message}\n{way}" : way);
        }
        if (runs.Any(run => folder.Finished(run)?.Outcomes.Any(outcome => outcome.Heads.Count > 0) is true))
            ComparisonDisplay.AfterSweep(terminal, folder.Path);
        terminal.Output.WriteLine(SweepLines.Finished(folder.Path));
        return worst;
    }

    /// <summary>Loads every run of a sweep that is resumed without its file, so that a mistake in the last run is
    /// reported before the first run is trained.</summary>
    public void Check(SweepFolder folder, IReadOnlyList<string> sets, string device, Resumption resumption)
    {
        var isLeft = false;
        foreach (var run in folder.Record.Runs)
        {
            using var experiment = sweeps.LoadRun(folder.ExperimentOf(run), sets);
            CheckKey(folder, run, experiment, device);
            isLeft |= resumption.AddOfSweep(folder.FolderOf(run), experiment);
        }
        if (isLeft) resumption.Check(folder.Path);
    }

    static void CheckKey(SweepFolder folder, SweepRecord.Run run, Experiment experiment, string device)
    {
        if (!run.Folder.EndsWith(RunKey.Of(experiment.Tree, experiment.Settings, device), StringComparison.Ordinal))
            throw new UsageException($"--resume: {folder.FolderOf(run)} is another experiment, or of another precision "
                + "or device; name the sweep's file, so that changed runs get folders of their own");
    }

    int Run(SweepFolder folder, SweepRecord.Run run, string position, IReadOnlyList<string> sets, string device,
        Resumption resumption, CancellationToken stopping)
    {
        log.NextRun();
        using var experiment = experiments.Load(folder.ExperimentOf(run), sets);
        CheckKey(folder, run, experiment, device);
        experiment.Swept = SweepArm.Of(run.Arms, run.Values);
        // The experiment may have more seeds than its file in the sweep's folder.
        folder.Keep(run, experiment.Tree);
        if (folder.Finished(run, experiment.Settings.Seeds) is { } finished)
        {
            terminal.Output.WriteLine($"{position}: finished before");
            return finished.Outcomes.Any(outcome => outcome.HasFailed()) ? ExitCode.Failed : ExitCode.Done;
        }
        stopping.ThrowIfCancellationRequested();
        terminal.Output.WriteLine(position);
        var path = folder.FolderOf(run);
        var isNew = !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();
        var own = OneRun.Usable(isNew ? "--out" : "--resume",
            () => isNew ? RunFolder.Create(path) : RunFolder.Open(path));
        return one.Run(experiment, own, isNew, device, resumption.AcceptedFor(path), stopping);
    }
}

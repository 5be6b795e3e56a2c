using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Sweeps;
using Rils.Engine.Training;
using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Cli.Commands;

/// <summary>The runs of a sweep, one after the other: what is finished is passed over, what was begun goes on.</summary>
static class SweepRuns
{
    /// <summary>Runs what is left.</summary>
    /// <param name="session">Where it prints.</param>
    /// <param name="folder">The sweep's.</param>
    /// <param name="sets">What <c>--set</c> says of a sweep that goes on without its file.</param>
    /// <param name="device">The device of all arms.</param>
    /// <param name="resumption">Which has passed all of its runs.</param>
    public static int Run(Session session, SweepFolder folder, IReadOnlyList<string> sets, string device,
        Resumption resumption)
    {
        using var hold = OneRun.Usable("--resume", () => SweepFolder.Hold(folder.Path));
        var (terminal, runs, worst) = (session.Terminal, folder.Record.Runs, ExitCode.Done);
        foreach (var (index, run) in runs.Index())
        {
            var code = Run(session, folder, run, SweepLines.Position(index, runs.Count, run.Title), sets, device,
                resumption);
            if (code == ExitCode.Cancelled)
            {
                terminal.Error.WriteLine(SweepLines.Stopped(folder.Path));
                return code;
            }
            worst = Math.Max(worst, code);
        }
        terminal.Output.WriteLine(SweepLines.Finished(folder.Path));
        return worst;
    }

    /// <summary>Loads every run of a sweep that goes on without its file: what is wrong with the last is told before the first is trained.</summary>
    public static void Check(Session session, SweepFolder folder, IReadOnlyList<string> sets, string device,
        Resumption resumption)
    {
        var isLeft = false;
        foreach (var run in folder.Record.Runs)
        {
            using var experiment = session.LoadRun(folder.ExperimentOf(run), sets);
            CheckKey(folder, run, experiment, device);
            isLeft |= resumption.AddOfSweep(folder.FolderOf(run), experiment);
        }
        if (isLeft) resumption.Check(folder.Path);
    }

    static void CheckKey(SweepFolder folder, SweepRecord.Run run, Experiment experiment, string device)
    {
        if (!run.Folder.EndsWith(RunKey.Of(experiment.Tree, experiment.Settings, device), StringComparison.Ordinal))
            throw new UsageException($"--resume: {folder.FolderOf(run)} is another experiment, or of another precision or device; name the sweep's file, so that what has changed gets folders of its own");
    }

    static int Run(Session session, SweepFolder folder, SweepRecord.Run run, string position,
        IReadOnlyList<string> sets, string device, Resumption resumption)
    {
        using var experiment = session.LoadOne(folder.ExperimentOf(run), sets);
        CheckKey(folder, run, experiment, device);
        // Seeds may be more than they were.
        folder.Keep(run, experiment.Tree);
        if (folder.Finished(run, experiment.Settings.Seeds) is { } finished)
        {
            session.Terminal.Output.WriteLine($"{position}: finished before");
            return finished.Outcomes.Any(outcome => outcome.HasFailed()) ? ExitCode.Failed : ExitCode.Done;
        }
        if (session.Stopping.IsCancellationRequested) return ExitCode.Cancelled;
        session.Terminal.Output.WriteLine(position);
        var path = folder.FolderOf(run);
        var isNew = !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();
        var own = OneRun.Usable(isNew ? "--out" : "--resume",
            () => isNew ? RunFolder.Create(path) : RunFolder.Open(path));
        return OneRun.Run(session, experiment, own, isNew, device, resumption.AcceptedFor(path));
    }
}

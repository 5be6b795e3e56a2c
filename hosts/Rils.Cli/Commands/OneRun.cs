using Microsoft.Extensions.Logging;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Files;
using Rils.Runs;

namespace Rils.Cli.Commands;

/// <summary>Runs one experiment in one run folder, from the first printed line to the exit code.</summary>
sealed class OneRun(
    Terminal terminal, PluginSet plugins, FailureReport failures, RunLog log, ILoggerFactory loggers,
    ILogger<OneRun> logger)
{
    /// <summary>Trains and evaluates an experiment, or resumes the run that the folder holds.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">The run folder, which this method disposes.</param>
    /// <param name="isNew">Whether the folder was made for this run.</param>
    /// <param name="device">The device of the arms that name none.</param>
    /// <param name="accepted">The names of <c>--accept</c> that are for this run.</param>
    /// <param name="stopping">Cancelled by a signal.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StoppedException">A signal stopped the run before its end.</exception>
    public int Run(Experiment experiment, RunFolder folder, bool isNew, string device,
        IReadOnlyList<string> accepted, CancellationToken stopping)
    {
        using var held = folder;
        failures.ErrorLog = folder.ErrorLog;
        using var opened = log.Open(folder.Log);
        logger.LogInformation("{Name} in {Folder}, {State}: arms {Arms}, seeds {Seeds}, {Steps} steps, on {Device}",
            experiment.Settings.Name, folder.Path, folder.IsBegun ? "begun before" : "new",
            string.Join(", ", experiment.Arms), string.Join(", ", experiment.Settings.Seeds), experiment.Context.Steps,
            device);
        try
        {
            if (folder.IsBegun && experiment.IsTrained) CheckAgain(folder, experiment, device);
            else if (folder.IsBegun) CheckResume(folder, experiment, device, accepted);
            var code = Begun(experiment, folder, isNew, device, accepted, stopping);
            logger.LogInformation("ended with exit code {Code}", code);
            return code;
        }
        catch (Exception end)
        {
            logger.LogInformation("ended early: {Cause}", Failure.MessageOf(end));
            throw;
        }
    }

    int Begun(Experiment experiment, RunFolder folder, bool isNew, string device, IReadOnlyList<string> accepted,
        CancellationToken stopping)
    {
        var progress = new RunProgress(RunScale.Of(experiment), TimeProvider.System);
        try
        {
            return Train(experiment, folder, device, progress, accepted, stopping);
        }
        catch (Exception mistake)
            when (isNew && progress.AllSteps == 0 && Failure.CodeOf(mistake) == ExitCode.WrongInput)
        {
            // Nothing was trained, so the next try can have the same --out.
            folder.Discard();
            throw;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{unwritten.Message}\n{RunLines.Unwritten(folder.Path)}", unwritten);
        }
    }

    /// <summary>Opens the folder that an option names.</summary>
    /// <exception cref="UsageException">The folder cannot be used; the message begins with the option.</exception>
    /// <exception cref="DiskException">The folder can be used, but the disk failed.</exception>
    public static T Usable<T>(string option, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception unusable) when (unusable is IOException and not DiskException or UnauthorizedAccessException
            or ArgumentException or InvalidDataException)
        {
            throw new UsageException($"{option}: {unusable.Message}");
        }
    }

    void CheckResume(RunFolder folder, Experiment experiment, string device, IReadOnlyList<string> accepted)
    {
        var resumption = new Resumption("--resume", plugins, device, accepted);
        resumption.Add(folder.Path, experiment);
        resumption.Check(folder.Path);
        foreach (var line in resumption.Warnings)
        {
            terminal.Error.WriteLine($"warning: {line}");
            logger.LogInformation("{Warning}", line);
        }
    }

    /// <summary>Refuses to go on with an evaluation that was begun with other heads, data or plugins.</summary>
    void CheckAgain(RunFolder folder, Experiment experiment, string device)
    {
        var check = Usable("eval", () => ResumeCheck.Of(folder.Path, experiment, plugins, device));
        if (check.Obstacles.Count > 0)
            throw new UsageException($"{folder.Path} was made with something else: give the file of the heads another "
                + $"`name`, or remove that folder\n  {string.Join("\n  ", check.Obstacles.Distinct())}");
    }

    int Train(Experiment experiment, RunFolder folder, string device, RunProgress progress,
        IReadOnlyList<string> accepted, CancellationToken stopping)
    {
        experiment.RequireDevices(device);
        terminal.Output.WriteLine(RunLines.Title(experiment, device));
        if (experiment.LackOn(device) is { } lack) terminal.Error.WriteLine($"warning: {lack}");
        foreach (var line in experiment.IsTrained ? [] : ArmLines.Of(experiment)) terminal.Output.WriteLine(line);
        if (experiment.Phases.Count > 1) terminal.Output.WriteLine($"phases: {ArmLines.Phases(experiment)}");
        if (PlannedArms.Of(experiment.Settings, experiment.Tree) is { Arms: > 1 } plan
            && experiment is { Heads.Count: > 0, IsTrained: false })
            terminal.Output.WriteLine(PowerLines.First(plan, withAdvice: true));
        var outcomes = Outcomes(experiment, folder, device, progress, accepted, stopping);
        if (!progress.HasBegun) terminal.Output.WriteLine(RunLines.NothingLeft(outcomes));
        if (experiment.Heads.Count > 0) terminal.Write(ResultTable.Of(experiment, outcomes, terminal.IsPlain));
        foreach (var line in ResultTable.LeftOut(experiment.Heads, outcomes).Concat(ResultTable.Caption(outcomes)))
            terminal.WriteDim(line);
        ComparisonDisplay.AfterRun(terminal, folder.Path, outcomes);
        foreach (var failed in outcomes.Where(outcome => outcome.Failure is not null && !ArmAverage.Is(outcome.Arm)))
            terminal.Error.WriteLine(RunLines.Failed(folder, failed));
        foreach (var outcome in outcomes)
            foreach (var head in outcome.FailedHeads()) terminal.Error.WriteLine(RunLines.Failed(outcome.Seed, head));
        if (RunLines.BadSamples(folder) is { } bad) terminal.Output.WriteLine(bad);
        terminal.Output.WriteLine(RunLines.Finished(progress, folder.Path));
        return outcomes.Any(outcome => outcome.HasFailed()) ? ExitCode.Failed : ExitCode.Done;
    }

    IReadOnlyList<ArmOutcome> Outcomes(Experiment experiment, RunFolder folder, string device, RunProgress progress,
        IReadOnlyList<string> accepted, CancellationToken stopping)
    {
        try
        {
            return ProgressDisplay.Watch(terminal, progress,
                view => new ExperimentRun(experiment, plugins, loggers, view).Run(folder, device, stopping, accepted));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new StoppedException(RunLines.Stopped(progress, folder.Path));
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Loading;
using Rils.Engine.Runs;

namespace Rils.Cli.Commands;

/// <summary><c>rils run</c>: trains and evaluates all arms of an experiment.</summary>
sealed class RunCommand : Command, IHasExamples
{
    readonly Argument<string?> file = CommonOptions.OptionalFile("With --resume, the run's own where it is left out.");
    readonly Option<string[]> set = CommonOptions.Set(), plugins = CommonOptions.Plugins();
    readonly Option<string?> output = new("--out")
    {
        HelpName = "DIR",
        Description = "A new folder for everything that the run writes. [default: runs/NAME-DATE-TIME]",
    };
    readonly Option<string?> resume = new("--resume")
    {
        HelpName = "DIR",
        Description = "Goes on in the run folder DIR from its last checkpoint, to the bits of an uninterrupted run.",
    };
    readonly Option<string> device = new("--device")
    {
        HelpName = "cpu|cuda[:N]",
        Description = "Where the arms are trained.",
        DefaultValueFactory = _ => "cpu",
    };
    readonly Option<string?> libtorch = CommonOptions.Libtorch();

    public RunCommand() : base("run", "Trains and evaluates all arms of an experiment, and writes a run folder. "
        + "Returns 0 when done, 1 when an arm failed, 2 for a mistake in the input, 130 after Ctrl-C.")
    {
        Arguments.Add(file);
        foreach (var option in (Option[])[output, resume, set, device, libtorch, plugins]) Options.Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(file) is not { Tokens.Count: > 0 } && result.GetResult(resume) is null) result.AddError("name FILE, the experiment to run");
            if (result.GetResult(output) is not null && result.GetResult(resume) is not null)
                result.AddError("give --out for a new run or --resume to go on with one, not both");
        });
        SetAction(parsed => Session.Run(parsed, parsed.GetValue(plugins)!, session => Run(session, parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils run experiments/quickstart.toml",
        "rils run experiments/quickstart.toml --set steps=20 --set data.batch=64 --out runs/short",
        "rils run --resume runs/quickstart-20260101-120000",
        "rils run my.toml --plugins ~/my-masking/bin/Release/net10.0 --device cuda:0",
    ];

    int Run(Session session, ParseResult parsed)
    {
        if (parsed.GetValue(resume) is { } missing && !Directory.Exists(missing)) throw new UsageException($"--resume: there is no folder {Path.GetFullPath(missing)}");
        using var experiment = session.Load(
            parsed.GetValue(file) ?? Path.Combine(parsed.GetValue(resume)!, RunFolder.ExperimentFile), parsed.GetValue(set)!, parsed.GetValue(libtorch));
        var arms = DeviceChoice.Of(parsed.GetValue(device)!);
        var begun = parsed.GetValue(resume);
        using var folder = Usable(begun is null ? "--out" : "--resume",
            () => begun is null ? RunFolder.Create(parsed.GetValue(output) ?? DefaultFolder(experiment)) : RunFolder.Open(begun));
        session.ErrorLog = Path.Combine(folder.Path, "error.log");
        if (folder.IsBegun) CheckResume(session, folder, experiment, arms);
        var progress = new RunProgress(RunScale.Of(experiment), TimeProvider.System);
        try
        {
            return Train(session, experiment, folder, arms, progress);
        }
        catch (Exception mistake) when (begun is null && progress.AllSteps == 0 && Failure.CodeOf(mistake) == ExitCode.WrongInput)
        {
            // Nothing was trained: the same --out is free for the next try.
            folder.Discard();
            throw;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{unwritten.Message}\n{RunLines.Unwritten(folder.Path)}", unwritten);
        }
    }

    static void CheckResume(Session session, RunFolder folder, Experiment experiment, string device)
    {
        var obstacles = ResumeCheck.Obstacles(folder, experiment, session.Plugins, device);
        if (obstacles.Count > 0)
            throw new UsageException($"--resume: {folder.Path} was begun with something else; run it as it was begun, or begin anew with --out\n  {string.Join("\n  ", obstacles)}");
        foreach (var caution in ResumeCheck.Cautions(folder, experiment, session.Plugins, device))
            session.Terminal.Error.WriteLine($"warning: {caution}: the run goes on, but not to the bits of an uninterrupted one");
    }

    static int Train(Session session, Experiment experiment, RunFolder folder, string device, RunProgress progress)
    {
        var terminal = session.Terminal;
        terminal.Output.WriteLine(RunLines.Title(experiment, device));
        foreach (var line in ArmLines.Of(experiment)) terminal.Output.WriteLine(line);
        if (experiment.Phases.Count > 1) terminal.Output.WriteLine($"phases: {ArmLines.Phases(experiment)}");
        var outcomes = ProgressView.Watch(terminal, progress,
            observer => new ExperimentRun(experiment, session.Plugins, observer).Run(folder, device, session.Stopping));
        // A signal after which everything was finished all the same stopped nothing.
        if (outcomes.Count < experiment.Settings.Seeds.Count * experiment.Arms.Count)
        {
            terminal.Error.WriteLine(RunLines.Stopped(progress, folder.Path));
            return ExitCode.Cancelled;
        }
        if (!progress.HasBegun) terminal.Output.WriteLine("already finished: every seed is done, nothing was run");
        if (experiment.Heads.Count > 0) terminal.Write(ResultTable.Of(experiment, outcomes, terminal.IsPlain));
        foreach (var line in ResultTable.LeftOut(experiment.Heads, outcomes).Concat(ResultTable.Caption(outcomes))) terminal.WriteDim(line);
        ComparisonView.AfterRun(terminal, folder.Path, outcomes);
        foreach (var failed in outcomes.Where(outcome => outcome.Failure is not null)) terminal.Error.WriteLine(RunLines.Failed(failed));
        if (RunLines.BadSamples(folder) is { } bad) terminal.Output.WriteLine(bad);
        terminal.Output.WriteLine(RunLines.Finished(progress, folder.Path));
        return outcomes.Any(outcome => outcome.Failure is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    static string DefaultFolder(Experiment experiment) =>
        Path.Combine("runs", $"{experiment.Settings.Name}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");

    static RunFolder Usable(string option, Func<RunFolder> open)
    {
        try
        {
            return open();
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{option}: {unusable.Message}");
        }
    }
}

using Rils.Contract;
using Rils.Engine.Checkpoints;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Evaluations;
using Rils.Engine.Gallery;
using Rils.Engine.Pretrained;
using Rils.Engine.Sinks;
using Rils.Engine.Training;
using Rils.Engine.WeightFiles;
using Rils.Files;
using Rils.Runs;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Execution;

/// <summary>Trains and evaluates the arms of a phase, side by side, from one seed.</summary>
sealed class PhaseRun : IDisposable
{
    readonly Experiment experiment;
    readonly SeedPhase phase;
    readonly RunFolder folder;
    readonly SinkList sinks;
    readonly World world;
    readonly Plan plan;
    readonly Runner runner;
    readonly TrainedModel model;
    readonly MetricsFile metrics;
    readonly BadSamplesFile badSamples;
    readonly CheckpointStore checkpoints;
    readonly CheckpointClock clock;
    readonly Checkpoint? resumed;
    readonly List<HeadOutcome> outcomes = [];
    readonly HashSet<string> reported = [];

    public PhaseRun(Experiment experiment, SeedPhase phase, IReadOnlyList<string> arms, string device, RunFolder folder,
        SinkList sinks)
    {
        (this.experiment, this.phase, this.folder, this.sinks) = (experiment, phase, folder, sinks);
        var (seed, home) = (phase.Seed, folder.PhaseFolder(phase));
        world = experiment.NewWorld(seed, device, arms, arm => SafeTensors.Read(folder.WeightsOf(seed, arm)));
        plan = experiment.PlanOf(world);
        checkpoints = new CheckpointStore(home, experiment.Checkpoint.Keep, arms);
        checkpoints.Prune();
        resumed = checkpoints.Latest();
        clock = new CheckpointClock(
            experiment.Checkpoint.Every, experiment.Context.StepsPerEpoch, FirstStep, TimeProvider.System);
        metrics = new MetricsFile(home, resumed?.State.Metrics);
        badSamples = new BadSamplesFile(home, resumed?.State.BadSamples ?? []);
        foreach (var bad in BadSamplesOf(experiment)) bad.Begin(badSamples.Written);
        // The runner comes last, since it starts threads.
        runner = experiment.NewRunner(plan, FirstStep, experiment.Context.Steps, torch.NewDisposeScope);
        model = new(experiment, runner, world, seed);
    }

    long Seed => phase.Seed;

    /// <summary>The arms, in the order of the file.</summary>
    IEnumerable<Entity> Arms => plan.Arms.Select(arm => arm.Entity);

    /// <summary>The number of optimizer steps that an earlier session has done; 0 for a new phase, all steps for arms
    /// that were trained before.</summary>
    public long FirstStep => resumed?.State.Step ?? (experiment.IsTrained ? experiment.Context.Steps : 0);

    /// <summary>The length and hash of <c>metrics.jsonl</c>.</summary>
    public MetricsMark Metrics => metrics.Mark;

    /// <summary>Trains to the last step. A call that is cancelled between two steps or batches leaves a checkpoint to
    /// resume from.</summary>
    /// <returns>The outcome of each arm.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled before all was done.</exception>
    public IReadOnlyList<ArmOutcome> Run(CancellationToken cancellation)
    {
        runner.SetupArms(plan);
        if (resumed is not null) Restore(resumed);
        if (experiment.IsTrained) TakeAverages();
        Send(new PhaseStarted(Seed, phase.Phase, [.. Arms.Select(arm => arm.Name)], folder.PhaseFolder(phase),
            runner.Step, experiment.Context.Steps, metrics.Kept, [.. outcomes]));
        if (resumed is null) ReportTaken();
        foreach (var (head, arms) in new Evaluation(experiment, runner, world.Shared.Get<Seed>()).LeftOut(Alive()))
            Send(new HeadLeftOut(Seed, head, arms));
        try
        {
            Train(cancellation);
        }
        catch (OperationCanceledException)
        {
            // A complete checkpoint of this step stays: writing it again would first remove it.
            if (!checkpoints.Has(runner.Step)) SaveCheckpoint();
            throw;
        }
        catch (Exception failure) when (failure is SystemFailedException or InvalidDataException)
        {
            // Bad samples may be the cause of the failure, so the list of them must be complete.
            foreach (var bad in BadSamplesOf(experiment)) badSamples.Write(bad.Take(long.MaxValue));
            throw;
        }
        ReportFailures();
        foreach (var data in BadSamplesOf(experiment)) data.TellRemarks();
        Flush();
        return [.. Arms.Select(Outcome)];
    }

    /// <summary>Trains and evaluates. The resumed run repeats an evaluation that was cancelled.</summary>
    void Train(CancellationToken cancellation)
    {
        EvaluateDue(cancellation);
        while (runner.Step < experiment.Context.Steps && Alive().Count > 0)
        {
            runner.Advance(Stops().Where(stop => stop > runner.Step).Min(), cancellation);
            Report();
            if (runner.Step < experiment.Context.Steps) cancellation.ThrowIfCancellationRequested();
            EvaluateDue(cancellation);
            if (runner.Step < experiment.Context.Steps && clock.IsDue(runner.Step)) SaveCheckpoint();
        }
    }

    /// <summary>Writes an event to <c>metrics.jsonl</c>, then gives it to the sinks. Where the file cannot be written,
    /// the run ends.</summary>
    void Send(RunEvent happened)
    {
        metrics.Receive(happened);
        sinks.Send(happened);
    }

    public void Dispose()
    {
        runner.Dispose();
        metrics.Dispose();
        // Drawing leaves second handles to some parameters (each zero_ returns one), and these handles keep the flat
        // buffers alive. The collector does not see native memory, and would leave the handles in place while a later
        // seed makes its own buffers.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    void ReportTaken()
    {
        foreach (var arm in Arms)
        {
            if (runner.Find<TakenWeights>(arm) is not { } taken) continue;
            DurableFile.WriteText(Path.Combine(folder.Arm(Seed, arm.Name), TakenWeights.File), RunJson.Write(taken));
            Send(new WeightsTaken(Seed, arm.Name, [.. taken.Summary()]));
        }
    }

    void Restore(Checkpoint checkpoint)
    {
        foreach (var arm in Arms)
        {
            if (checkpoint.State.Failures.TryGetValue(arm.Name, out var cause))
                runner.Fail(arm, "an earlier session", new InvalidOperationException(cause));
            else runner.OnDevice(arm, () => ArmState.Restore(runner, arm, checkpoint));
        }
        reported.UnionWith(checkpoint.State.Failures.Keys);
        outcomes.AddRange(checkpoint.State.Heads);
    }

    /// <summary>Gives arms that were trained before the averages of their weights.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    void TakeAverages()
    {
        foreach (var arm in Arms)
            if (runner.Find<WeightAverage>(arm) is { } average)
                runner.OnDevice(arm, () => TrainedAverage.Take(average, experiment.AverageOf(arm.Name, Seed)));
    }

    /// <summary>Writes a checkpoint with all State of the arms that run, after their metrics are on the disk.</summary>
    void SaveCheckpoint()
    {
        foreach (var arm in Alive()) Guarded(arm, EnginePlugin.Metrics, runner.Find<MetricLog>(arm)!.Drain);
        Report();
        List<(string, Action<string>)> arms = [];
        foreach (var arm in Alive())
            if (Guarded(arm, "checkpoint", () => ArmState.Check(runner, arm)))
                arms.Add((arm.Name, file => runner.OnDevice(arm, () => ArmState.Write(runner, arm, file))));
        Report();
        Flush();
        var failures = Arms.Where(arm => FailureOf(arm) is not null)
            .ToDictionary(arm => arm.Name, arm => FailureOf(arm)!);
        var written = checkpoints.Write(new(runner.Step, failures, outcomes, badSamples.Written, metrics.Mark,
            Sha256: new Dictionary<string, string>()), arms);
        clock.Saved(runner.Step);
        Send(new CheckpointWritten(Seed, phase.Phase, runner.Step, written));
    }

    /// <summary>Brings to the disk the files on which a checkpoint or an outcome relies, before the checkpoint or
    /// outcome is written.</summary>
    void Flush()
    {
        metrics.Flush();
        badSamples.Flush();
    }

    /// <summary>Runs an action on an arm's device lane. Where the action fails, the arm stops and the others go
    /// on.</summary>
    /// <returns>Whether the action succeeded.</returns>
    bool Guarded(Entity arm, string what, Action action)
    {
        try
        {
            runner.OnDevice(arm, action);
            return true;
        }
        catch (InvalidOperationException cause)
        {
            runner.Fail(arm, what, cause);
            return false;
        }
    }

    /// <summary>The numbers of steps at which training pauses: at metric drains, so that progress shows, and where
    /// heads or a checkpoint are due.</summary>
    IEnumerable<long> Stops()
    {
        var steps = experiment.Context.Steps;
        yield return Math.Min(steps, (runner.Step / MetricSystems.Interval + 1) * MetricSystems.Interval);
        foreach (var head in experiment.HeadDefinitions)
            if (Every(head) is { } every) yield return Math.Min(steps, (runner.Step / every + 1) * every);
        if (clock.NextStep(runner.Step) is { } save) yield return Math.Min(steps, save);
    }

    bool IsDue(HeadDefinition head, long step) => step == 0 || step == experiment.Context.Steps
        || (Every(head) is { } every && step % every == 0);

    bool IsEvaluated(HeadDefinition head, long step) =>
        outcomes.Exists(outcome => outcome.Head == head.Name && outcome.Step == step);

    long? Every(HeadDefinition head) => head.EverySteps(experiment.Context.StepsPerEpoch);

    void Report()
    {
        MetricRow[] rows = [.. Arms.SelectMany(arm => runner.Find<MetricLog>(arm)?.Take() ?? [])
            .OrderBy(row => row.Step).ThenBy(row => row.Arm, StringComparer.Ordinal)];
        badSamples.Write(experiment.Training.BadSamples.Take(runner.Step));
        if (rows.Length > 0) Send(new StepsTrained(Seed, phase.Phase, runner.Step, rows));
        ReportFailures();
    }

    void ReportFailures()
    {
        foreach (var failure in runner.Failures)
            if (reported.Add(failure.Arm!)) Report(failure);
    }

    void Report(SystemFailedException failure)
    {
        LogError(failure.Arm!, $"{failure}");
        Send(new ArmStopped(Seed, failure.Arm!, failure.Message));
    }

    /// <summary>Appends to the arm's <c>error.log</c>: a head may fail several times, and the arm after it.</summary>
    void LogError(string arm, string error) =>
        File.AppendAllText(Path.Combine(folder.Arm(Seed, arm), "error.log"), $"{error}\n");

    /// <summary>Evaluates the heads that are due and were not evaluated before the run was stopped.</summary>
    void EvaluateDue(CancellationToken cancellation)
    {
        // After the last step the weights are saved first, so that no failure of a head loses them.
        if (runner.Step == experiment.Context.Steps && !experiment.IsTrained)
            foreach (var arm in Alive()) Save(arm);
        HeadDefinition[] heads = [.. experiment.AllHeads
            .Where(head => IsDue(head, runner.Step) && !IsEvaluated(head, runner.Step))];
        if (heads.Length == 0) return;
        Send(new EvaluationStarted(Seed, phase.Phase, runner.Step));
        var found = new Evaluation(experiment, runner, world.Shared.Get<Seed>())
            .Run(heads, Alive(), runner.Step, cancellation);
        PrimaryCheck.Require(experiment, found);
        foreach (var data in experiment.EvaluationData.Values) badSamples.Write(data.BadSamples.Take(long.MaxValue));
        // The run keeps the samples of the last evaluation alone, and writes them before the phase's outcome names
        // them. No checkpoint follows the last step, so a run that is stopped here makes the evaluation again.
        if (runner.Step == experiment.Context.Steps)
            foreach (var arm in found.GroupBy(finding => finding.Outcome.Arm))
                ArmSamples.Write(folder.Arm(Seed, arm.Key), runner.Step, arm);
        foreach (var (outcome, cause) in found.Select(finding => (finding.Outcome, finding.Cause)))
        {
            if (cause is not null) LogError(outcome.Arm, $"head {outcome.Head} failed at step {outcome.Step}: {cause}");
            outcomes.Add(outcome);
            Send(new HeadEvaluated(Seed, phase.Phase, outcome));
        }
    }

    static IEnumerable<BadSamples> BadSamplesOf(Experiment experiment) =>
        experiment.EvaluationData.Values.Select(data => data.BadSamples).Prepend(experiment.Training.BadSamples);

    IReadOnlyList<Entity> Alive() => [.. Arms.Where(runner.IsRunning)];

    void Save(Entity arm)
    {
        Write(arm, arm.Name, runner.Find<Weights>(arm)!);
        if (runner.Find<WeightAverage>(arm) is { } average)
            Write(arm, ArmAverage.NameOf(arm.Name), average.Values);
        var gallery = runner.Find<GalleryLog>(arm);
        if (gallery?.Write(folder.Arm(Seed, arm.Name), runner.Mishaps(arm)) is { Count: > 0 } files)
            Send(new PicturesWritten(Seed, arm.Name, files));
    }

    void Write(Entity arm, string name, Weights weights)
    {
        var (file, described) = (folder.WeightsOf(Seed, name), model.Describe(arm, name).ToMetadata());
        runner.OnDevice(arm, () => SafeTensors.Write(file, weights.Tensors().ToDictionary(), described));
    }

    /// <summary>Why an arm stopped, in this session or in an earlier one; null for an arm that runs.</summary>
    string? FailureOf(Entity arm) => resumed?.State.Failures.GetValueOrDefault(arm.Name)
        ?? runner.Failures.FirstOrDefault(failure => failure.Arm == arm.Name)?.Message;

    ArmOutcome Outcome(Entity arm)
    {
        var own = WithFiles(new(arm.Name, Seed, runner.Find<Weights>(arm)!.Count, FailureOf(arm), HeadsOf(arm.Name)));
        return runner.Find<WeightAverage>(arm) is null ? own
            : own with { Average = WithFiles(own.NameAverage(HeadsOf(ArmAverage.NameOf(arm.Name)))) };
    }

    IReadOnlyList<HeadOutcome> HeadsOf(string arm) => [.. outcomes.Where(outcome => outcome.Arm == arm)];

    ArmOutcome WithFiles(ArmOutcome outcome) => outcome with
    {
        Files = ((string[])[RunFolder.WeightsFile, ArmSamples.Name])
            .Select(name => (Name: name, Path: Path.Combine(folder.Arm(Seed, outcome.Arm), name)))
            .Where(file => File.Exists(file.Path)).ToDictionary(file => file.Name, file => FileHash.Of(file.Path)),
    };
}

using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Data;
using Rils.Engine.Files;
using Rils.Engine.Loading;
using Rils.Engine.Training;
using TorchSharp;

namespace Rils.Engine.Runs;

/// <summary>All arms of an experiment, trained side by side from one seed.</summary>
sealed class SeedRun : IDisposable
{
    readonly Experiment experiment;
    readonly long seed;
    readonly RunFolder folder;
    readonly IRunObserver observer;
    readonly World world;
    readonly Plan plan;
    readonly Runner runner;
    readonly MetricsFile metrics;
    readonly TensorBoardLog tensorBoard;
    readonly List<HeadOutcome> outcomes = [];
    readonly HashSet<string> reported = [];

    public SeedRun(Experiment experiment, long seed, string device, RunFolder folder, IRunObserver observer)
    {
        (this.experiment, this.seed, this.folder, this.observer) = (experiment, seed, folder, observer);
        world = experiment.NewWorld(seed, device);
        plan = experiment.PlanOf(world);
        runner = new Runner(plan, 0, experiment.Context.Steps, torch.NewDisposeScope);
        metrics = new MetricsFile(folder.Seed(seed));
        tensorBoard = new TensorBoardLog(folder.Seed(seed));
    }

    /// <summary>Trains to the end, or until it is cancelled between two steps.</summary>
    public IReadOnlyList<ArmOutcome> Run(CancellationToken cancellation)
    {
        Setup();
        observer.Started(seed, runner.Step);
        Evaluate(experiment.HeadDefinitions);
        while (runner.Step < experiment.Context.Steps && Alive().Count > 0 && !cancellation.IsCancellationRequested)
        {
            var until = Stops().Where(stop => stop > runner.Step).Min();
            runner.Advance(until, cancellation);
            Report();
            var due = experiment.HeadDefinitions.Where(head => IsDue(head, runner.Step)).ToArray();
            if (due.Length > 0 && !cancellation.IsCancellationRequested) Evaluate(due);
        }
        foreach (var arm in Alive()) Save(arm);
        return [.. world.Arms.Select(Outcome)];
    }

    public void Dispose()
    {
        runner.Dispose();
        metrics.Dispose();
        tensorBoard.Dispose();
    }

    void Setup()
    {
        runner.Setup();
        // A masking that cannot mask this many patches is found here, not at the first step.
        foreach (var arm in plan.Arms) ArmCost.Of(arm, runner);
        world.Shared.Get<BatchShape>().Complete(States<BackboneShape>(), States<TextShape>());
    }

    IEnumerable<T> States<T>() where T : class => world.Arms.Select(arm => runner.Find<T>(arm)).OfType<T>();

    /// <summary>Where training pauses: at metric drains, so that progress is seen, and where heads are due.</summary>
    IEnumerable<long> Stops()
    {
        var steps = experiment.Context.Steps;
        yield return Math.Min(steps, (runner.Step / MetricSystems.Interval + 1) * MetricSystems.Interval);
        foreach (var head in experiment.HeadDefinitions)
            if (Every(head) is { } every) yield return Math.Min(steps, (runner.Step / every + 1) * every);
    }

    bool IsDue(HeadDefinition head, long step) => step == experiment.Context.Steps || (Every(head) is { } every && step % every == 0);

    long? Every(HeadDefinition head) => head.EverySteps(experiment.Context.StepsPerEpoch);

    void Report()
    {
        MetricRow[] rows = [.. world.Arms.SelectMany(arm => runner.Find<MetricLog>(arm)?.Take() ?? [])
            .OrderBy(row => row.Step).ThenBy(row => row.Arm, StringComparer.Ordinal)];
        metrics.Write(rows);
        tensorBoard.Write(rows);
        observer.Trained(seed, runner.Step, rows);
        foreach (var failure in runner.Failures)
            if (reported.Add(failure.Arm!)) Report(failure);
    }

    void Report(SystemFailedException failure)
    {
        File.WriteAllText(Path.Combine(folder.Arm(seed, failure.Arm!), "error.log"), $"{failure}\n");
        observer.Failed(seed, failure.Arm!, failure.Message);
    }

    void Evaluate(IReadOnlyList<HeadDefinition> heads)
    {
        if (heads.Count == 0) return;
        observer.Evaluating(seed, runner.Step);
        foreach (var outcome in new Evaluation(experiment, runner).Run(heads, Alive(), runner.Step))
        {
            outcomes.Add(outcome);
            tensorBoard.Write(outcome);
            observer.Evaluated(seed, outcome);
        }
    }

    IReadOnlyList<Entity> Alive() => [.. world.Arms.Where(arm => runner.Failures.All(failure => failure.Arm != arm.Name))];

    void Save(Entity arm)
    {
        var weights = runner.Find<Weights>(arm)!;
        var file = Path.Combine(folder.Arm(seed, arm.Name), "model.safetensors");
        runner.OnDevice(arm, () => SafeTensors.Write(file, weights.Parameters.Concat(weights.Buffers).ToDictionary()));
    }

    ArmOutcome Outcome(Entity arm) => new(arm.Name, seed, runner.Find<Weights>(arm)!.Count,
        runner.Failures.FirstOrDefault(failure => failure.Arm == arm.Name)?.Message, [.. outcomes.Where(outcome => outcome.Arm == arm.Name)]);
}

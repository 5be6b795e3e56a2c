using Rils.Contract;
using Rils.Engine.Checkpoints;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Evaluations;
using Rils.Engine.Execution;
using Rils.Engine.Training;
using Rils.Runs;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Testing.Arms;

/// <summary>An arm of the kit in training, as the engine trains it: with all guards, on the lanes of the
/// scheduler.</summary>
sealed class TinyRun : IDisposable
{
    readonly Experiment experiment;
    readonly Runner runner;
    readonly World world;
    readonly Plan plan;
    readonly long heldBefore;

    /// <summary>Sets up arms of an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="arms">The names of the arms.</param>
    /// <param name="first">The step at which the run begins.</param>
    /// <param name="end">One past its last step.</param>
    /// <exception cref="SystemFailedException">A system of Setup failed.</exception>
    public TinyRun(Experiment experiment, IReadOnlyList<string> arms, long first, long end)
    {
        this.experiment = experiment;
        world = experiment.NewWorld(0, "cpu", arms, Trained);
        plan = experiment.PlanOf(world);
        // A tensor of an earlier run that waits for the collector would lessen the growth of this one.
        Collect();
        heldBefore = Tensor.TotalCount - ActivationCheckpoint.Absent;
        runner = experiment.NewRunner(plan, first, end, NewDisposeScope);
        try
        {
            runner.SetupArms(plan);
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    /// <summary>The arm of the plugin's kinds.</summary>
    public Entity Arm => plan.Arms.First(arm => arm.Entity.Name == TinyExperiment.Arm).Entity;

    /// <summary>The systems that run, and those that do not with the reasons.</summary>
    public Plan Plan => plan;

    /// <summary>The number of tensors that the run has made since it began and nobody has disposed, also of those that
    /// the collector would find some day; without the host lane's buffers, whose number follows from the lanes'
    /// speed.</summary>
    public long Grown => Tensor.TotalCount - ActivationCheckpoint.Absent - heldBefore
        - (runner.Find<PixelBuffers>(world.Shared)?.Made ?? 0);

    /// <summary>The number of tensors that somebody still refers to, counted as <see cref="Grown"/>: reading numbers by
    /// <c>data</c> leaves a handle to the collector, which a head may do and a step never does.</summary>
    public long Kept
    {
        get
        {
            Collect();
            return Grown;
        }
    }

    static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>The weights of the arm.</summary>
    public Weights Weights => runner.Find<Weights>(Arm)!;

    /// <summary>The trained parameters whose gradient is zero everywhere in the last step.</summary>
    public IEnumerable<string> WithoutGradient()
    {
        foreach (var group in Weights.Groups)
            foreach (var (name, start) in group.Starts)
            {
                var numbers = Weights.Parameters[name].numel();
                using var gradient = group.Gradient.narrow(0, start, numbers);
                if (numbers > 0 && gradient.count_nonzero().item<long>() == 0) yield return name;
            }
    }

    /// <summary>Trains up to a step.</summary>
    /// <returns>The failures of systems, also of passive ones.</returns>
    public IReadOnlyList<SystemFailedException> Advance(long until)
    {
        runner.Advance(until);
        // The log keeps the numbers of steps as tensors until it is drained.
        if (runner.IsRunning(Arm))
            try
            {
                runner.OnDevice(Arm, runner.Find<MetricLog>(Arm)!.Drain);
            }
            catch (InvalidOperationException notFinite)
            {
                runner.Fail(Arm, EnginePlugin.Metrics, notFinite);
            }
        return [.. runner.Failures, .. runner.Mishaps(Arm)];
    }

    /// <summary>Why arms stopped.</summary>
    public IReadOnlyList<SystemFailedException> Failures => runner.Failures;

    /// <summary>Evaluates the experiment's heads on all arms.</summary>
    public IReadOnlyList<HeadFinding> Evaluate() =>
        new Evaluation(experiment, runner, world.Shared.Get<Seed>())
        .Run(experiment.HeadDefinitions, [.. plan.Arms.Select(arm => arm.Entity)], 0, CancellationToken.None);

    /// <summary>Saves all State as a checkpoint does.</summary>
    /// <returns>The hash of the State's bytes.</returns>
    public string Save(string folder, long step)
    {
        Directory.CreateDirectory(folder);
        Store(folder).Write(new(step, new Dictionary<string, string>(), [], [], new(0, ""),
            new Dictionary<string, string>()),
            [(Arm.Name, file => runner.OnDevice(Arm, () => ArmState.Write(runner, Arm, file)))]);
        return Store(folder).Latest()!.State.Sha256[Arm.Name];
    }

    /// <summary>Takes the State of the last checkpoint of a folder.</summary>
    public void Restore(string folder)
    {
        var saved = Store(folder).Latest()!;
        runner.OnDevice(Arm, () => ArmState.Restore(runner, Arm, saved));
    }

    CheckpointStore Store(string folder) => new(folder, keep: 1, [Arm.Name]);

    /// <summary>The weights that another arm begins with: those that a teacher takes.</summary>
    IReadOnlyDictionary<string, Tensor>? Trained(string name)
    {
        if (!experiment.Arms.Contains(name)) return null;
        using var origin = new TinyRun(experiment, [name], 0, 1);
        return origin.runner.Find<Weights>(origin.plan.Arms.Single().Entity)!.Tensors()
            .ToDictionary(tensor => tensor.Key, tensor => tensor.Value.detach().clone());
    }

    public void Dispose() => runner.Dispose();
}

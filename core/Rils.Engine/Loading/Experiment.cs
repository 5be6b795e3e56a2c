using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Checkpoints;
using Rils.Engine.Data;
using Rils.Engine.Experiments;
using Rils.Engine.Plugins;
using Rils.Engine.Training;

namespace Rils.Engine.Loading;

/// <summary>An experiment that has passed every check short of training: its data is open, its schedule has one order.</summary>
public sealed class Experiment : IDisposable
{
    internal Experiment(
        ExperimentTree tree, ExperimentSettings settings, CheckpointSettings checkpoint, DataDefinition data, IReadOnlyList<ArmDefinition> arms, IReadOnlyList<HeadDefinition> heads,
        TrainingData training, IReadOnlyDictionary<string, EvaluationData> evaluationData, ExperimentContext context, PluginRegistry registry)
    {
        (Tree, Settings, Checkpoint, Data, ArmDefinitions, HeadDefinitions) = (tree, settings, checkpoint, data, arms, heads);
        (Training, EvaluationData, Context, Registry) = (training, evaluationData, context, registry);
    }

    /// <summary>The file with <c>extends</c>, <c>--set</c> and arms worked out.</summary>
    public ExperimentTree Tree { get; }

    /// <summary>Name, seeds and length.</summary>
    public ExperimentSettings Settings { get; }

    /// <summary>Sizes and lengths as the arms see them.</summary>
    public ExperimentContext Context { get; }

    /// <summary>The arms' names, in the order of the file.</summary>
    public IReadOnlyList<string> Arms => [.. ArmDefinitions.Select(arm => arm.Name)];

    /// <summary>The heads' names, in the order of the file.</summary>
    public IReadOnlyList<string> Heads => [.. HeadDefinitions.Select(head => head.Name)];

    /// <summary>The kinds and systems that it was built from.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>How many training samples there are.</summary>
    public int Samples => Training.Source.Count;

    /// <summary>How often all State is saved.</summary>
    public CheckpointSettings Checkpoint { get; }

    internal DataDefinition Data { get; }

    internal IReadOnlyList<ArmDefinition> ArmDefinitions { get; }

    internal IReadOnlyList<HeadDefinition> HeadDefinitions { get; }

    internal TrainingData Training { get; }

    /// <summary>The heads' data by pattern: heads that name the same data share it.</summary>
    internal IReadOnlyDictionary<string, EvaluationData> EvaluationData { get; }

    /// <summary>The arms as entities of a new world.</summary>
    /// <param name="seed">Where the run's randomness comes from.</param>
    /// <param name="device">The device of all arms: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <exception cref="ExperimentException">A plugin refuses the options of a table.</exception>
    public World NewWorld(long seed, string device)
    {
        var world = new World();
        world.Shared.Set(new Seed(RandomStream.Root(seed))).Set(Training).Set(new BatchShape()).Set(new RunLength(Context.Steps));
        if (Settings.PrecisionOn(device) == Precision.Bf16) world.Shared.Set(new MixedPrecision());
        if (device != "cpu") world.Shared.Set(new PinnedFrames());
        if (Data.Settings.Chunk is { } chunk && chunk < Data.Settings.Batch) world.Shared.Set(new Chunk(chunk));
        foreach (var arm in ArmDefinitions) new ArmBuilder(Context).AddTo(world, arm, device);
        return world;
    }

    /// <summary>The order in which a world's systems run, the arms in the order of the file.</summary>
    /// <exception cref="ScheduleException">The systems have no single order.</exception>
    public Plan PlanOf(World world)
    {
        var plan = PlanOf(world, Registry);
        return plan with { Arms = [.. Arms.Select(name => plan.Arms.First(arm => arm.Entity.Name == name))] };
    }

    internal static Plan PlanOf(World world, PluginRegistry registry, params IEnumerable<SystemDefinition> further) => Plan.Of(
        [.. PluginRegistry.Of(("engine", new EnginePlugin(world.Shared.Get<RunLength>().Steps))).Systems, .. registry.Systems, .. further], world, [.. registry.Entries.Select(entry => entry.Options), .. ArmBuilder.ComponentTypes]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Training.Source.Dispose();
        foreach (var data in EvaluationData.Values) data.Source.Dispose();
    }
}

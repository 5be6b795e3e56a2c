using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Engine.Training;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Composition;

/// <summary>An experiment that has passed every check short of training: its data is open, its schedule has one order.</summary>
public sealed class Experiment : IDisposable
{
    readonly List<KindScope> scopes;
    ExperimentTree? resolved;

    internal Experiment(
        ExperimentTree tree, ExperimentSettings settings, CheckpointSettings checkpoint, ComputeSettings compute,
        DataDefinition data, IReadOnlyList<ArmDefinition> arms, IReadOnlyList<HeadDefinition> heads,
        TrainingData training, IReadOnlyDictionary<string, EvaluationData> evaluationData, ExperimentContext context,
        PluginRegistry registry, KindScope ofData)
    {
        scopes = [ofData];
        (Tree, Settings, Checkpoint, Compute, Data, ArmDefinitions, HeadDefinitions) =
            (tree, settings, checkpoint, compute, data, arms, heads);
        (Training, EvaluationData, Context, Registry) = (training, evaluationData, context, registry);
    }

    /// <summary>The file with <c>extends</c>, <c>--set</c> and arms worked out.</summary>
    public ExperimentTree Tree { get; }

    /// <summary>The same with every option that the file leaves to its default: what a run folder holds, so that
    /// another default is seen.</summary>
    public ExperimentTree Resolved => resolved ??= Resolution.Of(this);

    /// <summary>Name, seeds and length.</summary>
    public ExperimentSettings Settings { get; }

    /// <summary>Sizes and lengths as the arms see them.</summary>
    public ExperimentContext Context { get; }

    /// <summary>The arms' names, in the order of the file.</summary>
    public IReadOnlyList<string> Arms => [.. ArmDefinitions.Select(arm => arm.Name)];

    /// <summary>The arms by phases, each in the order of the file: an arm that takes weights from another is trained after it.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Phases =>
        [.. ArmDefinitions.GroupBy(arm => arm.Phase).OrderBy(phase => phase.Key).Select(phase => (IReadOnlyList<string>)[.. phase.Select(arm => arm.Name)])];

    /// <summary>The heads' names, in the order of the file.</summary>
    public IReadOnlyList<string> Heads => [.. HeadDefinitions.Select(head => head.Name)];

    /// <summary>The kinds and systems that it was built from.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>How many training samples there are.</summary>
    public int Samples => Training.Source.Count;

    /// <summary>How often all State is saved.</summary>
    public CheckpointSettings Checkpoint { get; }

    /// <summary>How a step is computed, whatever the machine is.</summary>
    public ComputeSettings Compute { get; }

    internal DataDefinition Data { get; }

    internal IReadOnlyList<ArmDefinition> ArmDefinitions { get; }

    internal IReadOnlyList<HeadDefinition> HeadDefinitions { get; }

    internal TrainingData Training { get; }

    /// <summary>The heads' data by pattern: heads that name the same data share it.</summary>
    internal IReadOnlyDictionary<string, EvaluationData> EvaluationData { get; }

    /// <summary>Arms as entities of a new world.</summary>
    /// <param name="seed">Where the run's randomness comes from.</param>
    /// <param name="device">The device of all arms: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <exception cref="ExperimentException">A plugin refuses the options of a table.</exception>
    public World NewWorld(long seed, string device) => NewWorld(seed, device, Arms, _ => null);

    /// <inheritdoc cref="NewWorld(long, string)"/>
    /// <param name="seed">Where the run's randomness comes from.</param>
    /// <param name="device">The device of all arms.</param>
    /// <param name="arms">Which: a phase, say.</param>
    /// <param name="trained">The weights of arms of earlier phases; null where nobody trained them.</param>
    internal World NewWorld(long seed, string device, IReadOnlyList<string> arms, Func<string, IReadOnlyDictionary<string, Tensor>?> trained)
    {
        var world = new World();
        world.Shared.Set(new Seed(RandomStream.Root(seed))).Set(Training).Set(new BatchShape()).Set(new RunLength(Context.Steps));
        if (Settings.PrecisionOn(device) == Precision.Bf16) world.Shared.Set(new MixedPrecision());
        if (device != "cpu") world.Shared.Set(new PinnedFrames());
        world.Shared.Set(new BatchParts(
            Compute.Parts!.Value, Data.Settings.Chunk < Data.Settings.Batch ? Data.Settings.Chunk : null));
        var builder = new ArmBuilder(Registry.Slots, Context, seed, trained, NewScope);
        foreach (var arm in ArmDefinitions.Where(arm => arms.Contains(arm.Name))) builder.AddTo(world, arm, device);
        return world;
    }

    /// <summary>The order in which a world's systems run, the arms in the order of the file.</summary>
    /// <exception cref="ScheduleException">The systems have no single order.</exception>
    public Plan PlanOf(World world)
    {
        var plan = PlanOf(world, Registry);
        return plan with { Arms = [.. plan.Arms.OrderBy(arm => Arms.Index().First(own => own.Item == arm.Entity.Name).Index)] };
    }

    /// <summary>A warning where the experiment asks for something that this libtorch cannot do on a device; null where
    /// it can.</summary>
    /// <param name="device">The device of all arms: <c>cpu</c>, <c>cuda:0</c>.</param>
    public string? LackOn(string device) =>
        !Settings.Deterministic || !device.StartsWith("cuda", StringComparison.Ordinal) || DeterministicAlgorithms.IsThere ? null
        : "this libtorch has no switch for deterministic algorithms: "
            + "two equal runs may differ, and so may a run that was resumed";

    internal static Plan PlanOf(World world, PluginRegistry registry, params IEnumerable<SystemDefinition> further) => Plan.Of(
        [.. PluginRegistry.Of((PluginRegistry.Engine, new EnginePlugin(world.Shared.Get<RunLength>().Steps, registry.Slots))).Systems,
            .. registry.Systems, .. further], world,
        [.. registry.Entries.SelectMany(ComponentsOf), .. ArmBuilder.ComponentTypes(registry.Slots)]);

    /// <summary>The files outside this experiment that arms take weights from, of all seeds.</summary>
    internal IEnumerable<string> TakenFiles() =>
        from origin in ArmDefinitions.SelectMany(arm => arm.Origins.Values)
        where origin.Arm is null
        from file in Settings.Seeds.Select(origin.FileOf).SelectMany(WeightsFile.FilesOf)
        group file by file into same
        orderby same.Key
        select same.Key;

    /// <summary>All data, each once, by the path or pattern that names it.</summary>
    internal IEnumerable<(string Pattern, ISource Source)> Sources() =>
        EvaluationData.Select(data => (data.Key, data.Value.Source)).Prepend((Data.Settings.Train, Training.Source))
            .DistinctBy(source => source.Item1);

    /// <summary>The files and folders that options name, beside data and weights.</summary>
    internal IEnumerable<string> NamedFiles()
    {
        HashSet<string> others = [.. Sources().Select(source => source.Pattern)];
        return Tables().Where(table => table.Options is not WeightsOrigin).SelectMany(table =>
            OptionPaths.Of(table.Options)).Where(path => !others.Contains(path) && Path.Exists(path))
            .Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>The plugins that have a part in it: whose kinds it names, or whose systems run.</summary>
    /// <param name="device">The device of all arms.</param>
    internal IReadOnlySet<string> UsedPlugins(string device)
    {
        var plan = PlanOf(NewWorld(Settings.Seeds[0], device));
        return plan.Arms.Append(plan.Shared).SelectMany(arm => arm.Systems).Select(system => system.Definition.Origin)
            .Concat(Tables().Select(table => table.Entry.Plugin)).ToHashSet();
    }

    IEnumerable<BoundTable> Tables() =>
    [
        Data.Source, .. Data.Tables.Values, .. HeadDefinitions.Select(head => head.Table),
        .. ArmDefinitions.SelectMany(arm => arm.Tables.Values.Concat(arm.Objectives.Values)
            .Concat(arm.Origins.Values.Select(origin => origin.Backbone))),
    ];

    static IEnumerable<Type> ComponentsOf(KindEntry entry) => entry.Options.IsAssignableTo(typeof(WeightsOrigin))
        ? [entry.Options, typeof(GivenWeights<>).MakeGenericType(entry.Options)] : [entry.Options];

    /// <inheritdoc/>
    public void Dispose()
    {
        Training.Source.Dispose();
        foreach (var data in EvaluationData.Values) data.Source.Dispose();
        foreach (var scope in scopes) scope.Dispose();
    }

    /// <summary>For an arm of a world: with another seed it has other services.</summary>
    KindScope NewScope()
    {
        var scope = new KindScope();
        scopes.Add(scope);
        return scope;
    }
}

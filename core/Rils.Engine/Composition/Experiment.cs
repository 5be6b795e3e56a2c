using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.Training;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Composition;

/// <summary>An experiment that has passed every check before training: its data is open, and its schedule has one
/// order.</summary>
public sealed class Experiment : IDisposable
{
    readonly List<KindScope> scopes;
    ExperimentTree? resolved;

    internal Experiment(
        ExperimentTree tree, ExperimentSettings settings, CheckpointSettings checkpoint, ComputeSettings compute,
        DataDefinition data, IReadOnlyList<ArmDefinition> arms, IReadOnlyList<HeadDefinition> heads,
        IReadOnlyList<SinkDefinition> sinks, TrainingData training,
        IReadOnlyDictionary<string, EvaluationData> evaluationData, ExperimentContext context, PluginRegistry registry,
        KindScope ofData)
    {
        scopes = [ofData];
        (Tree, Settings, Checkpoint, Compute, Data, ArmDefinitions, HeadDefinitions) =
            (tree, settings, checkpoint, compute, data, arms, heads);
        (SinkDefinitions, Training, EvaluationData, Context, Registry) =
            (sinks, training, evaluationData, context, registry);
        TrainingSamples = new(training.Source);
    }

    /// <summary>The file after <c>extends</c>, <c>--set</c> and arms are worked out.</summary>
    public ExperimentTree Tree { get; }

    /// <summary><see cref="Tree"/> with every option that the file leaves to its default. Run folders hold this tree,
    /// so that a change of a default is seen.</summary>
    public ExperimentTree Resolved => resolved ??= Resolution.Of(this);

    /// <summary>The arms that a sweep made, with their values; empty for an experiment outside a sweep. No file of a
    /// run says it: the sweep does.</summary>
    public IReadOnlyList<SweepArm> Swept { get; set; } = [];

    /// <summary>Whether the arms were trained before, and are only evaluated.</summary>
    public bool IsTrained { get; init; }

    /// <summary>Name, seeds and length.</summary>
    public ExperimentSettings Settings { get; }

    /// <summary>Sizes and lengths, as the arms see them.</summary>
    public ExperimentContext Context { get; }

    /// <summary>The arms' names, in the order of the file.</summary>
    public IReadOnlyList<string> Arms => [.. ArmDefinitions.Select(arm => arm.Name)];

    /// <summary>The arms by phases, each in the order of the file: an arm that takes weights from another trains in a
    /// later phase.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Phases =>
        [.. ArmDefinitions.GroupBy(arm => arm.Phase).OrderBy(phase => phase.Key)
            .Select(phase => (IReadOnlyList<string>)[.. phase.Select(arm => arm.Name)])];

    /// <summary>The heads' names, in the order of the file.</summary>
    public IReadOnlyList<string> Heads => [.. HeadDefinitions.Select(head => head.Name)];

    /// <summary>The kinds and systems from which the experiment was built.</summary>
    public PluginRegistry Registry { get; }

    /// <summary>The number of training samples.</summary>
    public int Samples => Training.Source.Count;

    /// <summary>How often a run saves all State.</summary>
    public CheckpointSettings Checkpoint { get; }

    /// <summary>How a step is computed, the same on every machine.</summary>
    public ComputeSettings Compute { get; }

    internal DataDefinition Data { get; }

    internal IReadOnlyList<ArmDefinition> ArmDefinitions { get; }

    internal IReadOnlyList<HeadDefinition> HeadDefinitions { get; }

    /// <summary>The heads of the file, each with the one that judges on its <c>validation</c> data.</summary>
    internal IReadOnlyList<HeadDefinition> AllHeads => [.. HeadDefinitions.SelectMany(head => head.WithValidation)];

    internal IReadOnlyList<SinkDefinition> SinkDefinitions { get; }

    internal TrainingData Training { get; }

    internal TrainingSamples TrainingSamples { get; }

    /// <summary>The heads' data by pattern: heads that name the same data share it.</summary>
    internal IReadOnlyDictionary<string, EvaluationData> EvaluationData { get; }

    /// <summary>Makes a world with the arms as entities.</summary>
    /// <param name="seed">The seed of the run's randomness.</param>
    /// <param name="device">The device of the arms that name none: <c>cpu</c>, <c>cuda:0</c>; of several, as
    /// <see cref="DevicesOn"/> lists them, the first.</param>
    /// <exception cref="ExperimentException">A plugin refuses the options of a table.</exception>
    public World NewWorld(long seed, string device) => NewWorld(seed, device, Arms, _ => null);

    /// <inheritdoc cref="NewWorld(long, string)"/>
    /// <param name="seed">The seed of the run's randomness.</param>
    /// <param name="device">The device of the arms that name none; of several the first.</param>
    /// <param name="arms">The names of the arms in the world, such as those of a phase.</param>
    /// <param name="trained">Gives the weights of arms of earlier phases; null where nothing has trained them.</param>
    internal World NewWorld(long seed, string device, IReadOnlyList<string> arms,
        Func<string, IReadOnlyDictionary<string, Tensor>?> trained)
    {
        var usual = ArmDevices.Each(device)[0];
        return NewWorld(seed, DevicesOn(usual), arm => arm.Device ?? usual, arms, trained);
    }

    /// <summary>Makes a world with the arms as entities, all on the CPU even where they name another device, to count
    /// their costs.</summary>
    internal World NewWorldOnCpu(long seed, IReadOnlyList<string> arms,
        Func<string, IReadOnlyDictionary<string, Tensor>?> trained) => NewWorld(seed, "cpu", _ => "cpu", arms, trained);

    World NewWorld(long seed, string devices, Func<ArmDefinition, string> deviceOf, IReadOnlyList<string> arms,
        Func<string, IReadOnlyDictionary<string, Tensor>?> trained)
    {
        var world = new World();
        world.Shared.Set(new Seed(RandomStream.Root(seed))).Set(Training).Set(new BatchShape())
            .Set(new CaptionEncoders()).Set(new NoisyPasses()).Set(new RunLength(Context.Steps))
            .Set(TrainingSamples).Set(new Gather(Settings.Gather));
        if (Settings.PrecisionOn(devices) == Precision.Bf16) world.Shared.Set(new MixedPrecision());
        if (devices != "cpu") world.Shared.Set(new PinnedFrames());
        if (IsTrained) world.Shared.Set(new TrainedBefore());
        world.Shared.Set(new BatchParts(
            Compute.Parts!.Value, Data.Settings.Chunk < Data.Settings.Batch ? Data.Settings.Chunk : null));
        var builder = new ArmBuilder(Registry.Slots, Context, seed, trained, NewScope);
        foreach (var arm in ArmDefinitions.Where(arm => arms.Contains(arm.Name)))
            builder.AddTo(world, arm, deviceOf(arm));
        return world;
    }

    /// <summary>Plans the order in which a world's systems run, the arms in the order of the file.</summary>
    /// <exception cref="ScheduleException">The systems have no single order.</exception>
    public Plan PlanOf(World world)
    {
        var plan = PlanOf(world, Registry);
        return plan with { Arms = [.. plan.Arms.OrderBy(arm =>
            Arms.Index().First(own => own.Item == arm.Entity.Name).Index)] };
    }

    /// <summary>The devices that the arms compute on: <c>cuda:0</c>; of several, first that of the arms that name none:
    /// <c>cuda:0, cuda:1</c>.</summary>
    /// <param name="device">The device of the arms that name none.</param>
    public string DevicesOn(string device) => ArmDevices.Of(Tree, device);

    /// <summary>Makes sure that this machine has the devices that arms name. libtorch must be loaded.</summary>
    /// <exception cref="ExperimentException">The machine lacks a device.</exception>
    public void RequireDevices()
    {
        var problems = new Problems();
        ArmDevices.RequireHere(Tree, problems);
        problems.ThrowIfAny();
    }

    /// <summary>Makes sure that the arms can compute side by side on this machine. libtorch must be loaded.</summary>
    /// <param name="device">The device of the arms that name none.</param>
    /// <exception cref="ExperimentException">The machine lacks a device that an arm names, or devices are of two
    /// kinds.</exception>
    public void RequireDevices(string device)
    {
        var problems = new Problems();
        ArmDevices.Require(Tree, device, problems);
        problems.ThrowIfAny();
    }

    /// <summary>Warns of a request of the experiment that this libtorch cannot meet on a device.</summary>
    /// <param name="device">The device of the arms that name none: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <returns>The warning; null where libtorch can meet all requests.</returns>
    public string? LackOn(string device) =>
        !Settings.Deterministic || !DevicesOn(device).Contains("cuda", StringComparison.Ordinal)
            || DeterministicAlgorithms.IsThere ? null
        : "this libtorch has no switch for deterministic algorithms: "
            + "two equal runs may differ, and so may a run that was resumed";

    internal static Plan PlanOf(World world, PluginRegistry registry, params IEnumerable<SystemDefinition> further)
    {
        var engine = new EnginePlugin(world.Shared.Get<RunLength>().Steps, registry.Slots);
        SystemDefinition[] systems =
            [.. PluginRegistry.Of((PluginRegistry.Engine, engine)).Systems, .. registry.Systems, .. further];
        var readers = world.Shared.Find<TrainedBefore>() is null ? [] : ModelReaders.For(systems);
        return Plan.Of([.. systems, .. TypedSystems.For(systems), .. readers], world,
            [.. registry.Entries.SelectMany(ComponentsOf), .. ArmBuilder.ComponentTypes(registry.Slots)]);
    }

    /// <summary>The files outside this experiment from which arms take weights, for all seeds.</summary>
    internal IEnumerable<string> TakenFiles() =>
        from origin in ArmDefinitions.SelectMany(arm => arm.Pretrained.Values)
        where origin.Arm is null
        from file in Settings.Seeds.Select(origin.FileOf).SelectMany(WeightsFile.FilesOf)
        group file by file into same
        orderby same.Key
        select same.Key;

    /// <summary>The file of the average of a trained arm's weights, beside the file of the weights.</summary>
    internal string AverageOf(string arm, long seed) => Path.Combine(
        Path.GetDirectoryName(ArmDefinitions.First(own => own.Name == arm).Pretrained.Values.First().FileOf(seed))!,
        ArmAverage.Folder, RunFolder.WeightsFile);

    /// <summary>All data, each once, with the path or pattern that names it.</summary>
    internal IEnumerable<(string Pattern, ISource Source)> Sources() =>
        EvaluationData.Select(data => (data.Key, data.Value.Source)).Prepend((Data.Name, Training.Source))
            .Where(source => source.Item2 is not NoSamples).DistinctBy(source => source.Item1);

    /// <summary>The files and folders that options name, without data and weights.</summary>
    internal IEnumerable<string> NamedFiles()
    {
        HashSet<string> others = [.. Data.Settings.Train, .. EvaluationData.Values.SelectMany(data => data.Patterns)];
        return Tables().Where(table => table.Options is not PretrainedOptions)
            .SelectMany(table => OptionPaths.Of(table.Options))
            .Where(path => !others.Contains(path) && Path.Exists(path)).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>The plugins whose kinds the experiment names, or whose systems run.</summary>
    /// <param name="device">The device of the arms that name none.</param>
    internal IReadOnlySet<string> UsedPlugins(string device)
    {
        var plan = PlanOf(NewWorld(Settings.Seeds[0], device));
        return plan.Arms.Append(plan.Shared).SelectMany(arm => arm.Systems).Select(system => system.Definition.Origin)
            .Concat(Tables().Select(table => table.Entry.Plugin)).ToHashSet();
    }

    IEnumerable<BoundTable> Tables() => NamedTables().SelectMany(table => table.Wrapped.Prepend(table));

    IEnumerable<BoundTable> NamedTables() =>
    [
        Data.Source, .. Data.Tables.Values, .. HeadDefinitions.Select(head => head.Table),
        .. HeadDefinitions.Select(head => head.Source).OfType<BoundTable>(),
        .. SinkDefinitions.Select(sink => sink.Table),
        .. ArmDefinitions.SelectMany(arm => arm.Tables.Values.Concat(arm.Objectives.Values)
            .Concat(arm.Pretrained.Values.Select(origin => origin.Backbone))),
    ];

    static IEnumerable<Type> ComponentsOf(KindEntry entry) => entry.Options.IsAssignableTo(typeof(PretrainedOptions))
        ? [entry.Options, typeof(PretrainedWeights<>).MakeGenericType(entry.Options)] : [entry.Options];

    /// <inheritdoc/>
    public void Dispose()
    {
        Training.Source.Dispose();
        foreach (var data in EvaluationData.Values) data.Source.Dispose();
        foreach (var scope in scopes) scope.Dispose();
    }

    /// <summary>For an arm of a world: with another seed it has other services.</summary>
    /// <summary>Makes the sinks for a run, with services of their own.</summary>
    internal IReadOnlyList<(string Name, ISink Sink)> NewSinks()
    {
        var scope = NewScope();
        return [.. SinkDefinitions.Select(sink => (sink.Name, sink.Make(scope)))];
    }

    KindScope NewScope()
    {
        var scope = new KindScope();
        scopes.Add(scope);
        return scope;
    }
}

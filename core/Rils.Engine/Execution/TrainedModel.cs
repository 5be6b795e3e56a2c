using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Pretrained;
using Rils.Engine.Slots;
using Rils.Engine.Training;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;

namespace Rils.Engine.Execution;

/// <summary>Describes the model of an arm for its file of weights: nothing but what belongs to the arm, so that the
/// file has the same bytes whichever arms and heads stand beside it.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="runner">The runner of the arms.</param>
/// <param name="world">The world of the arms.</param>
/// <param name="seed">The seed of the world.</param>
sealed class TrainedModel(Experiment experiment, Runner runner, World world, long seed)
{
    /// <summary>The keys of <c>[data]</c> through which images and captions reach the model.</summary>
    static readonly string[] OfModel = ["image", "tokenizer", "augmentation"];

    /// <summary>Describes an arm after the last step.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="name">The name of the arm, or of its average.</param>
    public ModelDescription Describe(Entity arm, string name)
    {
        var tables = experiment.ArmDefinitions.First(own => own.Name == arm.Name).Tables;
        return new(RunMachine.VersionOf(typeof(TrainedModel)), name, seed, runner.Step,
            runner.Find<Weights>(arm)!.Parts.Select(part => InitModules.Of(part.Module)).OfType<InitModule>()
                .Select(InitModules.Key).ToDictionary(table => table, table => tables[table].Entry.Name!),
            Shapes(arm), ResolvedExperiment.Write(Alone(arm.Name)));
    }

    Dictionary<string, IReadOnlyDictionary<string, long>> Shapes(Entity arm)
    {
        Dictionary<string, IReadOnlyDictionary<string, long>> shapes = [];
        Add("data", ("image", experiment.Data.Settings.Image));
        var backbone = runner.Find<BackboneShape>(arm)!;
        var patches = runner.Find<PatchShape>(arm);
        Add("backbone", ("width", backbone.Width), ("layers", backbone.Layers > 0 ? backbone.Layers : null),
            ("patch", patches?.PatchSize), ("rows", patches?.Grid.Rows), ("columns", patches?.Grid.Columns),
            ("prefix", patches?.Prefix));
        if (runner.Find<TextEncoder>(arm) is { Shape: var text })
            Add("text", ("width", text.Width), ("context", text.Context),
                ("vocabulary", arm.Find<ITokenizer>()?.VocabularySize));
        if (runner.Find<SharedSpace>(arm) is { } space) Add("space", ("dimensions", space.Dimensions));
        if (runner.Find<Decoder>(arm) is not null) Add("decoder", ("target", runner.Find<TargetShape>(arm)?.Width));
        return shapes;

        void Add(string table, params IEnumerable<(string Name, long? Size)> sizes) => shapes[table] =
            sizes.Where(size => size.Size is not null).ToDictionary(size => size.Name, size => size.Size!.Value);
    }

    /// <summary>The experiment of an arm alone, without its data, heads and device.</summary>
    ExperimentTree Alone(string name)
    {
        var (all, arm) = (experiment.Resolved.Root, experiment.Resolved.Arms.First(own => own.Name == name));
        TableNode root = new(all.Span), data = new(all.Span);
        foreach (var key in OfModel)
            if (((TableNode)all[EngineTables.Data]!)[key] is { } value) data.Set(key, all.Span, value.Copy());
        Set("name", name);
        Set("seeds", seed);
        Set("steps", experiment.Context.Steps);
        Set("precision", world.Shared.Find<MixedPrecision>() is null ? "fp32" : "bf16");
        Set("gather", (long)experiment.Settings.Gather);
        root.Set(EngineTables.Data, all.Span, data);
        var tables = arm.Tables.Copy();
        tables.Remove(ArmTree.DeviceKey);
        return new(root, [arm with { Tables = tables }]);

        void Set(string key, object value) => root.Set(key, all.Span, new ScalarNode(all.Span, value));
    }
}

using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.Slots;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Scheduling;

namespace Rils.Engine.Trained;

/// <summary>Makes the experiment that evaluates trained arms: each arm keeps the tables of its model and takes all of
/// its weights by <c>[init]</c>; the heads are those of another file.</summary>
public static class TrainedTree
{
    const string Init = "init", Head = "head", Data = EngineTables.Data, Steps = "steps", Precision = "precision";

    /// <summary>The keys at the root of a run's experiment that its evaluation takes over.</summary>
    static readonly string[] Kept = ["seeds", Data, "compute", "deterministic"];

    /// <summary>Makes the experiment of the trained arms of a finished run, without heads.</summary>
    /// <param name="run">The run.</param>
    /// <param name="arms">The names of arms that ran to the end for every seed.</param>
    /// <param name="registry">The kinds and systems; they need not be those that trained the run.</param>
    /// <exception cref="ExperimentException">The run's experiment is wrong with these plugins.</exception>
    public static ExperimentTree Of(FinishedRun run, IReadOnlyList<string> arms, PluginRegistry registry)
    {
        var problems = new Problems();
        var binder = new ExperimentBinder(registry, run.Experiment, problems);
        var (models, steps) = (Models(run.Experiment, binder, registry, problems), StepsOf(run, binder));
        problems.ThrowIfAny();
        var root = KeptOf(run.Experiment);
        Set(root, Steps, steps);
        Set(root, Precision, run.Manifest.Precision);
        Set(root, "name", run.Experiment.Root.Text("name")!);
        return new(root, [.. models.Where(arm => arms.Contains(arm.Name)).Select(TakingFrom)]);

        ArmTree TakingFrom(ArmTree arm)
        {
            var init = new TableNode(arm.Span);
            Set(init, "from", arm.Name);
            Set(init, "run", run.Folder);
            arm.Tables.Set(Init, arm.Span, init);
            return arm;
        }
    }

    /// <summary>Gives the experiment of trained arms the heads of a file.</summary>
    /// <param name="trained">The experiment of the trained arms.</param>
    /// <param name="heads">The path of the file with the heads, and the evaluation's name.</param>
    /// <exception cref="ExperimentException">The file is wrong.</exception>
    public static ExperimentTree WithHeads(ExperimentTree trained, string heads)
    {
        var problems = new Problems();
        return Over(trained.Flat(), heads, file => CheckKeys(file, "the run, which is trained", [], problems),
            problems);
    }

    /// <summary>Makes the experiment that evaluates a file of weights. The file of the heads describes the model,
    /// unless the weights do.</summary>
    /// <param name="weights">The path of the weights.</param>
    /// <param name="heads">The path of the file with the heads, and the tables of a model that the weights do not
    /// describe.</param>
    /// <param name="registry">The kinds and systems.</param>
    /// <exception cref="ExperimentException">The file of the heads, or the weights' description with these plugins, is
    /// wrong.</exception>
    /// <exception cref="InvalidDataException">The weights are damaged.</exception>
    /// <exception cref="IOException">The weights cannot be read.</exception>
    public static ExperimentTree OfFile(string weights, string heads, PluginRegistry registry)
    {
        var (path, problems) = (Path.GetFullPath(weights), new Problems());
        var described = ModelDescription.Find(path);
        var root = described is null ? new TableNode(SourceSpan.WholeFile(heads))
            : Described(described, path, registry);
        if (described is null) Set(root, Steps, 1L);
        var init = new TableNode(root.Span);
        Set(init, "path", path);
        root.Set(Init, root.Span, init);
        return Over(root, heads, file =>
        {
            Complete(file);
            if (described is not null) CheckKeys(file, "the weights, which describe their model", [Data], problems);
        }, problems);
    }

    /// <summary>The root of a model that its weights describe.</summary>
    static TableNode Described(ModelDescription described, string path, PluginRegistry registry)
    {
        var problems = new Problems();
        var tree = ExperimentReader.ReadText(described.Experiment, path, ExperimentKeys.All, problems);
        problems.ThrowIfAny();
        var models = Models(tree!, new(registry, tree!, problems), registry, problems);
        // A file holds the weights or their average, and no second set of tensors beside it.
        foreach (var tables in models.Select(arm => arm.Tables))
            foreach (var key in tables.Keys.Where(key => MakesAverage(key, registry)).ToArray()) tables.Remove(key);
        var root = KeptOf(tree!);
        Set(root, Steps, described.Step);
        if (tree!.Root[Precision] is { } precision) root.Set(Precision, root.Span, precision.Copy());
        return new ExperimentTree(root, models).Flat();
    }

    static bool MakesAverage(string table, PluginRegistry registry) => registry.Find(table, null) is { } entry
        && registry.Systems.Any(system => system.Parameters.Contains(new(typeof(WeightAverage), Access.Create))
            && system.Parameters.Any(parameter => parameter.Type == entry.Options));

    static TableNode KeptOf(ExperimentTree tree)
    {
        var root = new TableNode(tree.Root.Span);
        foreach (var entry in tree.Root.Copy().Entries.Where(entry => Kept.Contains(entry.Key)))
            root.Set(entry.Key, entry.KeySpan, entry.Value);
        (root[Data] as TableNode)?.Remove("views");
        return root;
    }

    static ExperimentTree Over(TableNode root, string heads, Action<TableNode> check, Problems problems)
    {
        var tree = ExperimentReader.ReadOver(root, heads, check, ExperimentKeys.All, problems);
        if (tree is not null && !tree.Root.List(Head).Any())
            problems.Add(SourceSpan.WholeFile(heads), "no head: give at least one [[head]], as in "
                + "[[head]] kind = \"knn\", train = \"train-*.tar\", data = \"val-*.tar\"");
        if (tree?.Root.Text("name") == ValidationHead.Word)
            problems.Add(tree.Root["name"]!.Span, $"`{ValidationHead.Word}` names a head's data for choosing, "
                + "and cannot name an evaluation");
        problems.ThrowIfAny();
        return tree!;
    }

    static void CheckKeys(TableNode file, string owner, IReadOnlyList<string> further, Problems problems)
    {
        string[] own = [Head, "name", .. further];
        foreach (var entry in file.Entries.Where(entry => !own.Contains(entry.Key)))
            problems.Add(entry.KeySpan, $"`{entry.Key}` belongs to {owner}: a file of heads has [[head]] here, and "
                + "for the name of the evaluation `name`"
                + string.Concat(further.Select(table => $", and [{table}] with the kind of the heads' data")));
    }

    /// <summary>Gives the file the keys that only training reads.</summary>
    static void Complete(TableNode file)
    {
        if (file[Data] is not TableNode data) return;
        if (data["train"] is null && file.List(Head).FirstOrDefault()?["data"] is { } first)
            data.Set("train", first.Span, (first as TableNode)?["path"]?.Copy() ?? first.Copy());
        if (data["batch"] is null) Set(data, "batch", 64L);
    }

    /// <summary>The arms with the tables of what they trained and heads see: a text encoder that no loss of the arm
    /// read was never made.</summary>
    static IReadOnlyList<ArmTree> Models(
        ExperimentTree tree, ExperimentBinder binder, PluginRegistry registry, Problems problems)
    {
        var definitions = binder.Arms();
        problems.ThrowIfAny();
        var plan = DraftPlan.Of(registry, definitions);
        return [.. tree.Arms.Zip(definitions, (arm, definition) => Model(arm, definition,
            [.. InitModules.BuiltBy(plan.Arms.First(own => own.Entity.Name == arm.Name)).OfType<InitModule>()
                .Select(InitModules.Key)], registry.Slots))];
    }

    static ArmTree Model(ArmTree arm, ArmDefinition definition, IReadOnlyList<string> built, SlotTable slots)
    {
        var tables = new TableNode(arm.Tables.Span);
        foreach (var entry in arm.Tables.Copy().Entries)
            if (definition.Tables.TryGetValue(entry.Key, out var table) && table.Options is not PretrainedOptions
                && (slots.Find(entry.Key) is not { } slot || (slot.IsOfModel && built.Contains(entry.Key))))
                tables.Set(entry.Key, entry.KeySpan, entry.Value);
        return arm with { Tables = tables };
    }

    /// <summary>The number of optimizer steps that the run took.</summary>
    static long StepsOf(FinishedRun run, ExperimentBinder binder) =>
        binder.Settings() is { } settings && binder.Data() is { } data
            && run.Manifest.Data.TryGetValue(data.Name, out var samples)
            ? settings.StepsFor(data.Settings.Batch, samples.Samples / data.Settings.Batch) : 0;

    static void Set(TableNode table, string key, object value) =>
        table.Set(key, table.Span, new ScalarNode(table.Span, value));
}

using Rils.Engine.Checkpoints;
using Rils.Engine.Experiments;
using Rils.Engine.Plugins;
using Rils.Engine.Runs;
using Rils.Engine.Training;

namespace Rils.Engine.Loading;

/// <summary>From tables to definitions: which kinds, which options. Opens no data and makes no module.</summary>
sealed class ExperimentBinder(PluginRegistry registry, ExperimentTree tree, Problems problems)
{
    public static readonly ExperimentKeys Keys = new(
        new HashSet<string>(["checkpoint", "data", "head", .. TableBinder.KeysOf<ExperimentSettings>()]), new HashSet<string> { "objective", "head" });

    static readonly string[] SlotTables = [.. SlotTable.All.Select(slot => slot.Table).Where(table => !table.Contains('.')), .. ReservedKeys.WithKinds];

    readonly TableBinder tables = new(registry, problems);
    readonly OptionAddresses addresses = new(tree, registry);
    readonly string[] known = [.. registry.Tables.Where(table => !table.Contains('.')).Union(SlotTables).Union(Keys.World).Order(StringComparer.Ordinal)];

    public ExperimentSettings? Settings() =>
        OptionsBinder.Bind<ExperimentSettings>(tree.Root, "the experiment", problems, Keys.World);

    public CheckpointSettings? Checkpoint()
    {
        if (tree.Root["checkpoint"] is not { } node) return new();
        if (node is TableNode table) return OptionsBinder.Bind<CheckpointSettings>(table, "[checkpoint]", problems);
        problems.Add(node.Span, $"[checkpoint] is {node}: it must be a table, as in checkpoint = {{ every = \"10 minutes\", keep = 2 }}");
        return null;
    }

    public DataDefinition? Data()
    {
        if (tree.Root["data"] is not TableNode data)
        {
            problems.Add(tree.Root.Span, $"missing table [data]. {tables.Kinds("data")}");
            return null;
        }
        string[] nested = ["tokenizer", "augmentation"];
        var source = tables.Bind(data, "data", "[data]", [.. TableBinder.KeysOf<DataSettings>(), .. nested]);
        var settings = tables.BindShared<DataSettings>(data, "[data]");
        var tokenizer = data["tokenizer"] is { } node ? tables.Bind(node, "data.tokenizer", "[data.tokenizer]") : null;
        var augmentation = Required(data, "augmentation", "data.augmentation", "[data.augmentation]");
        return source is null || settings is null || augmentation is null ? null : new(settings, data["train"]!.Span, source, tokenizer, augmentation);
    }

    public IReadOnlyList<HeadDefinition> Heads() => [.. List(tree.Root, "head").Select(Head).OfType<HeadDefinition>()];

    /// <summary>The arms. A table that <c>"none"</c> drops need not be there, but it must be one that could be.</summary>
    public IReadOnlyList<ArmDefinition> Arms()
    {
        foreach (var dropped in tree.Dropped.Where(entry => !known.Contains(entry.Key))) ReportUnknown(dropped);
        return [.. tree.Arms.Select(Arm)];
    }

    ArmDefinition Arm(ArmTree arm)
    {
        Dictionary<string, BoundTable> bound = [];
        foreach (var entry in arm.Tables.Entries.Where(entry => entry.Key != "objective"))
            if (Table(entry) is { } table) bound[entry.Key] = table;
        if (RunFolder.Taken.Contains(arm.Name, StringComparer.OrdinalIgnoreCase))
            problems.Add(arm.Span, $"an arm cannot be called `{arm.Name}`: its folder lies beside {string.Join(", ", RunFolder.Taken)}");
        foreach (var needed in (string[])["backbone", "optimizer", "schedule"])
            if (arm.Tables[needed] is null)
                problems.Add(arm.Span, $"arm {arm.Name} has no [{needed}]. {tables.Kinds(needed)}");
        var objectives = Objectives(arm);
        string[] unread = [.. arm.Tables.Entries.Select(entry => entry.Key).Where(key => key != "objective" && !bound.ContainsKey(key))];
        return new(arm.Name, arm.Span, bound, objectives, List(arm.Tables, "objective").Count() == objectives.Count ? unread : [.. unread, "objective"]);
    }

    BoundTable? Table(TomlEntry entry)
    {
        if (addresses.OfOthers(entry) is { Count: > 0 } others)
            problems.Add(entry.Value.Span, $"the file gives no [{entry.Key}] there{OptionAddresses.Hint(others)}");
        else if (registry.Tables.Contains(entry.Key) || SlotTables.Contains(entry.Key))
            return tables.Bind(entry.Value, entry.Key, $"[{entry.Key}]");
        else ReportUnknown(entry);
        return null;
    }

    void ReportUnknown(TomlEntry entry)
    {
        var isTable = entry.Value is TableNode or { IsNone: true };
        var hint = isTable ? Nearest.Hint(entry.Key, known, ".") : OptionAddresses.Hint(addresses.Near(entry, known), ".");
        problems.Add(entry.KeySpan, $"unknown {(isTable ? "table" : "key")} `{entry.Key}`{hint} Known: {string.Join(", ", known)}.{(isTable ? $" {TableBinder.PluginHint}" : "")}");
    }

    Dictionary<string, BoundTable> Objectives(ArmTree arm)
    {
        Dictionary<string, BoundTable> objectives = [];
        foreach (var table in List(arm.Tables, "objective"))
        {
            if (tables.Bind(table, "objective", "[[objective]]", "name") is not { } bound || NamedTables.NameOf(table) is not { } name) continue;
            objectives[name] = bound;
            if (MetricRow.Reserved.Contains(name))
                problems.Add(table["name"]?.Span ?? table.Span, $"an objective cannot be called `{name}`: its loss is logged by its name, and the engine logs `{name}` itself");
        }
        return objectives;
    }

    HeadDefinition? Head(TableNode table)
    {
        var bound = tables.Bind(table, "head", "[[head]]", TableBinder.KeysOf<HeadSettings>());
        var settings = tables.BindShared<HeadSettings>(table, "[[head]]");
        if (settings?.Every is { Unit: PeriodUnit.Minutes })
            problems.Add(table["every"]!.Span, "`every` in [[head]] counts steps or epochs: by minutes two runs would be evaluated at different steps");
        return bound is null || settings is null ? null : new(NamedTables.NameOf(table)!, settings, table["data"]!.Span, bound);
    }

    BoundTable? Required(TableNode parent, string key, string table, string where)
    {
        if (parent[key] is { } node) return tables.Bind(node, table, where);
        problems.Add(parent.Span, $"missing table {where}. {tables.Kinds(table)}");
        return null;
    }

    static IEnumerable<TableNode> List(TableNode parent, string key) => (parent[key] as ArrayNode)?.Items.OfType<TableNode>() ?? [];
}

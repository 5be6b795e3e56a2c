using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;
using Rils.Runs;

namespace Rils.Engine.Composition;

/// <summary>Turns tables into definitions, with kinds and options. Opens no data and makes no module.</summary>
sealed class ExperimentBinder
{
    /// <summary>The keys of a head's data, and of the path in a table of such data.</summary>
    const string DataKey = "data", PathKey = "path";

    readonly PluginRegistry registry;
    readonly ExperimentTree tree;
    readonly Problems problems;
    readonly bool trains;
    readonly OptionAddresses addresses;
    readonly KnownNames known;
    readonly TableBinder tables;

    /// <param name="registry">The kinds.</param>
    /// <param name="tree">The experiment.</param>
    /// <param name="problems">The list that takes mistakes.</param>
    /// <param name="trains">Whether the arms train, and so need all that training needs.</param>
    public ExperimentBinder(PluginRegistry registry, ExperimentTree tree, Problems problems, bool trains = true)
    {
        (this.registry, this.tree, this.problems, this.trains) = (registry, tree, problems, trains);
        addresses = new(tree, registry);
        known = new(tree, registry.Tables.Where(table => !table.Contains('.'))
            .Union(registry.Slots.AtRoot.Select(slot => slot.Table)).Union(ExperimentKeys.All.World));
        tables = new(registry, addresses, problems);
    }

    public ExperimentSettings? Settings()
    {
        var root = tree.Root.Copy();
        // A key under a similar name counts as given: the check of the arms reports the slip.
        foreach (var entry in tree.Shared.Entries)
            if (known.MeantBy(entry) is { } key && root[key] is null)
            {
                if (ExperimentKeys.Lengths.Contains(key)) ExtendsChain.RemoveLengths(root, keep: _ => false);
                root.Set(key, entry.KeySpan, entry.Value);
            }
        return root["extends"] is null
            ? OptionsBinder.Bind<ExperimentSettings>(root, "the experiment", problems, root.Keys.ToHashSet()) : null;
    }

    public CheckpointSettings? Checkpoint() =>
        EngineTable<CheckpointSettings>("{ every = \"10 minutes\", keep = 2 }");

    public ComputeSettings? Compute() => EngineTable<ComputeSettings>("{ parts = 4 }");

    T? EngineTable<T>(string example) where T : class, new()
    {
        var name = EngineTables.NameOf(typeof(T));
        if (tree.Root[name] is not { } node) return new();
        if (node is TableNode table) return OptionsBinder.Bind<T>(table, $"[{name}]", problems);
        problems.Add(node.Span, $"[{name}] is {node}: it must be a table, as in {name} = {example}");
        return null;
    }

    public DataDefinition? Data()
    {
        // Where [data] is misspelt, perhaps only [data.tokenizer] is left, which must not be judged alone.
        var isMeant = known.IsMeant(tree.Shared, "data");
        if (isMeant || tree.Root["data"] is not TableNode data)
        {
            if (!isMeant) problems.Add(tree.Root.Span, $"missing table [data]. {tables.Kinds("data")}");
            return null;
        }
        var slots = registry.Slots.OfData.ToArray();
        var below = slots.Select(slot => slot.Key);
        var source = tables.Bind(data, "data", "[data]", [.. OptionProperty.KeysOf<DataSettings>(), .. below]);
        if (!tables.HasKind(data, "data")) return null;
        var settings = tables.BindShared<DataSettings>(data, "data", "[data]", below);
        var bound = slots.Select(slot => (slot.Key, Table: Table(data, slot)))
            .Where(entry => entry.Table is not null).ToDictionary(entry => entry.Key, entry => entry.Table!);
        var isWhole = slots.All(slot => !slot.IsNeeded || bound.ContainsKey(slot.Key));
        return source is null || settings is null || !isWhole
            ? null : new(settings, data["train"]!.Span, source, bound);
    }

    /// <summary>The images' size, even where other keys of <c>[data]</c> are wrong; null where the size itself is
    /// wrong.</summary>
    public DataContext? Images() => tree.Root["data"] is TableNode data
        && OptionsBinder.Bind<ImageSize>(data, "[data]", new Problems(), data.Keys.ToHashSet()) is { } size
            ? new(size.Image) : null;

    /// <summary>The place of <c>[data]</c>, where it lacks a table of its own and does not misspell its name; null
    /// otherwise.</summary>
    public SourceSpan? Without(Slot slot) =>
        tree.Root["data"] is TableNode data && tables.HasKind(data, "data") && data[slot.Key] is null
            && !IsMeant(data, slot) && !known.IsMeant(tree.Shared, "data") ? data.Span : null;

    public IReadOnlyList<HeadDefinition> Heads() => [.. tree.Root.List("head").Select(Head).OfType<HeadDefinition>()];

    public IReadOnlyList<SinkDefinition> Sinks() =>
        [.. tree.Root.List(ExperimentKeys.Sink).Select(Sink).OfType<SinkDefinition>()];

    /// <summary>The arms. A table that <c>"none"</c> drops need not exist, but its name must be known.</summary>
    public IReadOnlyList<ArmDefinition> Arms()
    {
        foreach (var dropped in tree.Dropped.Where(entry => !known.Contains(entry.Key))) ReportUnknown(dropped);
        foreach (var key in OptionProperty.KeysOf<ArmSettings>())
            if (tree.Shared.TryGet(key, out var shared))
                problems.Add(shared.KeySpan,
                    $"`{key}` is a key of an arm: give it in an [[arm]], or --{key} for all arms that name none");
        return [.. tree.Arms.Select(Arm)];
    }

    ArmDefinition Arm(ArmTree arm)
    {
        Dictionary<string, BoundTable> bound = [];
        foreach (var entry in arm.Tables.Entries.Where(entry => IsTable(entry.Key)))
        {
            if (Table(entry) is { } table) bound[entry.Key] = table;
            foreach (var slot in registry.Slots.Within(entry.Key))
                if (entry.Value is TableNode around && around[slot.Key] is { } node
                    && tables.Bind(node, slot.Table, $"[{slot.OfArm}]") is { } own) bound[slot.OfArm!] = own;
        }
        if (RunFolder.TakenBy(arm.Name) is { } taken)
            problems.Add(
                arm.Span, $"an arm cannot be called `{arm.Name}`: its folder lies beside {string.Join(", ", taken)}");
        foreach (var needed in registry.Slots.AtRoot
            .Where(slot => slot.IsNeeded && (trains || slot.IsOfModel)).Select(slot => slot.Table))
            if (arm.Tables[needed] is null && !known.IsMeant(arm.Tables, needed))
                problems.Add(arm.Span, $"arm {arm.Name} has no [{needed}]. {tables.Kinds(needed)}");
        var objectives = Objectives(arm);
        string[] unread = [.. arm.Tables.Entries.Select(entry => entry.Key)
            .Where(key => IsTable(key) && !bound.ContainsKey(key)),
            .. registry.Slots.AtRoot.Select(slot => slot.Table).Where(table => known.IsMeant(arm.Tables, table))];
        var isWhole = arm.Tables.List("objective").Count() == objectives.Count;
        return new(arm.Name, arm.Span, bound, objectives, isWhole ? unread : [.. unread, "objective"])
        {
            Device = DeviceOf(arm),
        };
    }

    static bool IsTable(string key) => key is not ("objective" or ArmTree.DeviceKey);

    string? DeviceOf(ArmTree arm)
    {
        var settings = OptionsBinder.BindSome<ArmSettings>(
            arm.Tables, $"arm {arm.Name}", problems, arm.Tables.Keys.ToHashSet());
        if (settings?.Device is not { } given) return null;
        if (TorchDevices.NameOf(given) is { } device) return device;
        problems.Add(arm.Tables[ArmTree.DeviceKey]!.Span,
            $"arm {arm.Name}: device = \"{given}\": there is no such device; give {TorchDevices.Forms}");
        return null;
    }

    BoundTable? Table(TomlEntry entry)
    {
        if (addresses.OfOthers(entry) is { Count: > 0 } others)
            problems.Add(entry.Value.Span, $"the file gives no [{entry.Key}] there{Nearest.Hint(others)}");
        else if (known.Contains(entry.Key))
            return tables.Bind(entry.Value, entry.Key, $"[{entry.Key}]",
                registry.Slots.Within(entry.Key).Select(slot => slot.Key));
        else ReportUnknown(entry);
        return null;
    }

    void ReportUnknown(TomlEntry entry)
    {
        var isTable = entry.Value is TableNode or ArrayNode { HoldsTables: true } or { IsNone: true };
        var place = known.InPlaceOf(entry);
        var hint = isTable ? Nearest.Hint(entry.Key, place, ".") : Nearest.Hint(addresses.Near(entry, place), ".");
        problems.Add(entry.KeySpan, $"unknown {(isTable ? "table" : "key")} `{entry.Key}`{hint} "
            + $"Known: {known.ListFor(entry)}.{(isTable ? $" {TableBinder.PluginHint}" : "")}");
    }

    Dictionary<string, BoundTable> Objectives(ArmTree arm)
    {
        Dictionary<string, BoundTable> objectives = [];
        foreach (var table in arm.Tables.List("objective"))
        {
            if (tables.Bind(table, "objective", "[[objective]]", "name") is not { } bound
                || NamedTables.NameOf(table) is not { } name) continue;
            objectives[name] = bound;
            if (MetricRow.Reserved.Contains(name))
                problems.Add(table["name"]?.Span ?? table.Span, $"an objective cannot be called `{name}`: "
                    + $"its loss is logged by its name, and the engine logs `{name}` itself");
        }
        return objectives;
    }

    HeadDefinition? Head(TableNode table)
    {
        var bound = tables.Bind(table, "head", "[[head]]", OptionProperty.KeysOf<HeadSettings>());
        if (!tables.HasKind(table, "head")) return null;
        var own = table[DataKey] as TableNode;
        var source = own is null ? null : tables.Bind(own, "data", $"`{DataKey}` in [[head]]", PathKey);
        var settings = tables.BindShared<HeadSettings>(own is null ? table : WithPath(table, own), "head", "[[head]]");
        if (settings?.Every is { Unit: PeriodUnit.Minutes })
            problems.Add(table["every"]!.Span, "`every` in [[head]] counts steps or epochs: "
                + "by minutes two runs would be evaluated at different steps");
        if (settings?.Validation.Intersect(settings.Data).FirstOrDefault() is { } same)
            problems.Add(table["validation"]!.Span, $"`validation` in [[head]] is {same}, as `data` is: "
                + "a choice by the data of the tables would flatter them; name other data");
        return bound is null || settings is null || (own is not null && source is null) ? null
            : new(NamedTables.NameOf(table)!, settings, table[DataKey]!.Span, bound) { Source = source };
    }

    /// <summary>The table of a head with the path alone in place of the table of its data.</summary>
    TableNode WithPath(TableNode table, TableNode data)
    {
        var flat = new TableNode(table.Span);
        foreach (var entry in table.Entries) flat.Set(entry.Key, entry.KeySpan, entry.Value);
        if (data[PathKey] is { } path) flat.Set(DataKey, path.Span, path);
        else
        {
            problems.Add(data.Span, $"missing key `{PathKey}` in `{DataKey}` of [[head]]: the path of the data, "
                + $"as in {DataKey} = {{ kind = \"webdataset\", {PathKey} = \"val-*.tar\" }}");
            flat.Set(DataKey, data.Span, new ScalarNode(data.Span, ""));
        }
        return flat;
    }

    SinkDefinition? Sink(TableNode table)
    {
        const string Key = ExperimentKeys.Sink, Where = $"[[{Key}]]";
        var bound = tables.Bind(table, Key, Where, OptionProperty.KeysOf<SinkSettings>());
        if (!tables.HasKind(table, Key)) return null;
        var settings = tables.BindShared<SinkSettings>(table, Key, Where);
        return bound is null || settings is null ? null : new(NamedTables.NameOf(table)!, settings, bound);
    }

    BoundTable? Table(TableNode data, Slot slot)
    {
        if (data[slot.Key] is { } node) return tables.Bind(node, slot.Table, $"[{slot.Table}]");
        if (slot.IsNeeded && !IsMeant(data, slot))
            problems.Add(data.Span, $"missing table [{slot.Table}]. {tables.Kinds(slot.Table)}");
        return null;
    }

    /// <summary>Whether <c>[data]</c> has a missing table under a similar name.</summary>
    bool IsMeant(TableNode data, Slot slot) => data.Entries.Any(entry => entry.Value is TableNode
        && Nearest.Name(entry.Key, registry.Slots.OfData.Select(one => one.Key)) == slot.Key);
}

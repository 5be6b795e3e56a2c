using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Pretrained;
using Rils.Engine.Slots;
using Rils.Runs;
using Rils.Scheduling;

namespace Rils.Engine.Plugins;

/// <summary>The registrations of all plugins, sorted by name, so that nothing depends on the order in which the plugins
/// were loaded.</summary>
public sealed class PluginRegistry : IDisposable
{
    /// <summary>The name of the engine, where an entry would name a plugin.</summary>
    public const string Engine = SystemDefinition.Engine;

    /// <summary>The entries that the engine itself registers.</summary>
    static readonly KindEntry[] engines = [new("init", null, typeof(InitOptions), null, null, Engine)];

    readonly ILookup<string, KindEntry> byTable;
    readonly IReadOnlyDictionary<string, ServiceProvider> services;

    PluginRegistry(SlotTable slots, IReadOnlyList<PluginInfo> plugins, IEnumerable<KindEntry> entries,
        IEnumerable<SystemDefinition> systems, IReadOnlyDictionary<string, ServiceProvider> services)
    {
        (Slots, Plugins, this.services) = (slots, plugins, services);
        Entries = [.. entries.Concat(engines).OrderBy(entry => entry.Table, StringComparer.Ordinal)
            .ThenBy(entry => entry.Kind, StringComparer.Ordinal).ThenBy(entry => entry.Plugin, StringComparer.Ordinal)];
        Systems = [.. systems.OrderBy(system => system.Name, StringComparer.Ordinal)
            .ThenBy(system => system.Origin, StringComparer.Ordinal)];
        byTable = Entries.ToLookup(entry => entry.Table);
        Tables = [.. byTable.Select(table => table.Key)];
    }

    /// <summary>The slots, with the table of each.</summary>
    internal SlotTable Slots { get; }

    /// <summary>The plugins whose registrations these are, sorted by name.</summary>
    internal IReadOnlyList<PluginInfo> Plugins { get; }

    /// <summary>The kinds and components, sorted by table, then by kind, then by plugin.</summary>
    public IReadOnlyList<KindEntry> Entries { get; }

    /// <summary>The systems, sorted by name, then by plugin.</summary>
    public IReadOnlyList<SystemDefinition> Systems { get; }

    /// <summary>The names of the tables that have an entry, sorted.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>The entry of a table and kind; null where nobody registered one, and where the name means kinds of
    /// several plugins.</summary>
    /// <param name="table">The table.</param>
    /// <param name="kind">The kind as a file writes it: <c>lion</c> or <c>alice/lion</c>; null for a table without
    /// kinds.</param>
    public KindEntry? Find(string table, string? kind) => Meant(table, kind) is [var entry] ? entry : null;

    /// <summary>The entries that a name in a file can mean. A bare name means the kind of this project's own plugin,
    /// where one has it.</summary>
    internal IReadOnlyList<KindEntry> Meant(string table, string? kind)
    {
        KindEntry[] all = [.. byTable[table].Where(entry =>
            kind is null ? entry.Kind is null : entry.Kind is not null && KindNames.Means(kind, entry))];
        KindEntry[] own = [.. all.Where(entry => entry.Name == kind)];
        return own.Length == 1 ? own : all;
    }

    /// <summary>The full names of a table's kinds; empty for an unknown table and for one without kinds.</summary>
    public IReadOnlyList<string> Kinds(string table) =>
        [.. byTable[table].Select(entry => entry.Name).OfType<string>()];

    /// <summary>The table that gives a component to an arm: <c>[masking]</c>. A table with several kinds has the kind
    /// too: <c>[[objective]] kind = "contrastive"</c>; a table of which only some kinds give the component has those:
    /// <c>[backbone] that gives tokens (kinds: vit)</c>; so has a component that options of some kinds implement. Null
    /// for a component that no table gives.</summary>
    public string? TableOf(Type component)
    {
        if (Ability.Find(component) is { } ability)
            return $"[backbone] that {ability.Words} ({Able(ability)})";
        if (Slots.All.FirstOrDefault(slot => slot.Component == component || slot.Made == component) is { } slot)
            return $"[{slot.Table}]";
        if (component.IsGenericType && component.GetGenericTypeDefinition() == typeof(PretrainedWeights<>))
            return TableOf(component.GetGenericArguments()[0]);
        if (Implementing(component) is [{ Table: var table }, ..] kinds)
            return $"{EngineTables.Header(table)} kind = {string.Join(" or ", kinds.Select(one => $"\"{one.Kind}\""))}";
        if (Entries.FirstOrDefault(entry => entry.Options == component) is not { } entry) return null;
        return EngineTables.Header(entry.Table) + (Kinds(entry.Table).Count > 1 ? $" kind = \"{entry.Name}\"" : "");
    }

    /// <summary>The kinds whose options implement an interface.</summary>
    KindEntry[] Implementing(Type component) => !component.IsInterface ? []
        : [.. Entries.Where(entry => entry.Kind is not null && entry.Options.IsAssignableTo(component))];

    /// <summary>The trainer that a plugin registered for its kind of tokenizer; null where there is none.</summary>
    internal IVocabularyTrainer? TrainerOf(KindEntry entry) =>
        services.GetValueOrDefault(entry.Plugin)?.GetKeyedService<IVocabularyTrainer>(entry.Kind);

    string Able(Ability ability)
    {
        string?[] kinds = [.. Entries.Where(entry => entry.Class?.IsAssignableTo(ability.Interface) == true)
            .Select(entry => entry.Name)];
        return kinds.Length > 0 ? $"kinds: {string.Join(", ", kinds)}" : "no loaded kind does";
    }

    /// <summary>Disposes the plugins' services. No kind that is a class can be made afterwards.</summary>
    public void Dispose()
    {
        foreach (var provider in services.Values) provider.Dispose();
    }

    /// <summary>Configures plugins that the process has loaded already, such as those of a test.</summary>
    /// <exception cref="PluginException">A plugin throws, or plugins clash; the exception has all problems.</exception>
    public static PluginRegistry Of(params IReadOnlyList<(string Name, IPlugin Plugin)> plugins) =>
        Of(SlotTable.Engine, null, plugins);

    /// <inheritdoc cref="Of(IReadOnlyList{ValueTuple{string, IPlugin}})"/>
    internal static PluginRegistry Of(SlotTable slots, params IReadOnlyList<(string Name, IPlugin Plugin)> plugins) =>
        Of(slots, null, plugins);

    /// <inheritdoc cref="Of(IReadOnlyList{ValueTuple{string, IPlugin}})"/>
    internal static PluginRegistry Of(SlotTable slots, ILoggerFactory? loggers,
        params IReadOnlyList<(string Name, IPlugin Plugin)> plugins)
    {
        var problems = new PluginProblems();
        var loaded = plugins.Select(given =>
            new LoadedPlugin(new(given.Name, "", "", $"{given.Plugin.GetType()}"), given.Plugin));
        var registry = Collect(slots, loaded, problems, loggers ?? NullLoggerFactory.Instance);
        problems.ThrowIfAny();
        return registry;
    }

    /// <summary>Whether the engine uses a name at the root of a file, so that no plugin's table can have the
    /// name.</summary>
    internal static bool IsEngines(string name) => name == "phase" || engines.Any(entry => entry.Table == name)
        || ExperimentKeys.ReadBefore.Contains(name) || ExperimentKeys.All.World.Contains(name);

    internal static PluginRegistry Collect(SlotTable slots, IEnumerable<LoadedPlugin> plugins, PluginProblems problems,
        ILoggerFactory loggers)
    {
        // Sorted, so that messages name the same plugin first every time.
        var sorted = plugins.OrderBy(plugin => plugin.Name, StringComparer.Ordinal).ToArray();
        var builders = sorted.Select(plugin => new PluginBuilder(slots, plugin, problems, loggers)).ToArray();
        foreach (var builder in builders) builder.Configure();
        var registry = new PluginRegistry(slots, [.. sorted.Select(plugin => plugin.Info)],
            builders.SelectMany(builder => builder.Kinds), builders.SelectMany(builder => builder.Systems),
            builders.Zip(sorted).Where(pair => pair.First.Provider is not null)
                .GroupBy(pair => pair.Second.Name, pair => pair.First.Provider!)
                .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal));
        var folders = sorted.ToLookup(plugin => plugin.Name, plugin => plugin.Where);
        new RegistryClashes(registry, folders, problems).Report();
        return registry;
    }
}

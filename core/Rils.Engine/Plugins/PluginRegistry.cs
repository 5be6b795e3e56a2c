using Rils.Contract;
using Rils.Engine.Pretrained;
using Rils.Scheduling;

namespace Rils.Engine.Plugins;

/// <summary>What all plugins registered, sorted by name: nothing of it depends on the order in which they were loaded.</summary>
public sealed class PluginRegistry
{
    /// <summary>What the engine gives to arms itself.</summary>
    static readonly KindEntry[] Engine = [new("init", null, typeof(InitOptions), null, null, null, "engine")];

    readonly ILookup<string, KindEntry> byTable;

    PluginRegistry(IEnumerable<KindEntry> entries, IEnumerable<SystemDefinition> systems)
    {
        Entries = [.. entries.Concat(Engine).OrderBy(entry => entry.Table, StringComparer.Ordinal).ThenBy(entry => entry.Kind, StringComparer.Ordinal)];
        Systems = [.. systems.OrderBy(system => system.Name, StringComparer.Ordinal)];
        byTable = Entries.ToLookup(entry => entry.Table);
        Tables = [.. byTable.Select(table => table.Key)];
    }

    /// <summary>By table, then by kind.</summary>
    public IReadOnlyList<KindEntry> Entries { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<SystemDefinition> Systems { get; }

    /// <summary>The tables that some plugin registered something for, by name.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>The entry of a table and kind; null where there is none.</summary>
    public KindEntry? Find(string table, string? kind) => byTable[table].FirstOrDefault(entry => entry.Kind == kind);

    /// <summary>The kinds of a table, by name; empty for an unknown table and for one without kinds.</summary>
    public IReadOnlyList<string> Kinds(string table) => [.. byTable[table].Select(entry => entry.Kind).OfType<string>()];

    /// <summary>Configures plugins that are in the process already: a test's.</summary>
    /// <exception cref="PluginException">One throws, or they clash; all problems together.</exception>
    public static PluginRegistry Of(params IReadOnlyList<(string Name, IPlugin Plugin)> plugins)
    {
        var problems = new PluginProblems();
        var registry = Collect(plugins.Select(given => new LoadedPlugin(new(given.Name, "", "", $"{given.Plugin.GetType()}"), given.Plugin)), problems);
        problems.ThrowIfAny();
        return registry;
    }

    internal static PluginRegistry Collect(IEnumerable<LoadedPlugin> plugins, PluginProblems problems)
    {
        // Sorted, so that messages name the same plugin first every time.
        var sorted = plugins.OrderBy(plugin => plugin.Name, StringComparer.Ordinal).ToArray();
        var builders = sorted.Select(plugin => new PluginBuilder(plugin, problems)).ToArray();
        foreach (var builder in builders) builder.Configure();
        var registry = new PluginRegistry(builders.SelectMany(builder => builder.Kinds), builders.SelectMany(builder => builder.Systems));
        new RegistryClashes(registry, sorted.ToLookup(plugin => plugin.Name, plugin => plugin.Where), problems).Report();
        return registry;
    }
}

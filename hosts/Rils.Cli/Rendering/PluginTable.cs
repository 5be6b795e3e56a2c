using Rils.Engine.Plugins;
using Rils.Runs;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Lists the plugins with the kinds and systems that they registered.</summary>
static class PluginTable
{
    /// <summary>The number of shown digits of a hash: enough to tell plugins apart at a glance. The manifest of a run
    /// has all digits.</summary>
    const int HashDigits = 12;

    public static Table Of(PluginSet plugins, bool isPlain)
    {
        var table = Tables.New(isPlain, "plugin", "version", "kinds", "systems", "SHA-256", "folder");
        foreach (var plugin in plugins.Plugins)
            table.Add(plugin.Name, plugin.Version,
                Kinds(plugins.Registry.Entries.Where(entry => entry.Plugin == plugin.Name)),
                string.Join(", ", plugins.Registry.Systems.Where(system => system.Origin == plugin.Name)
                    .Select(system => system.Name)),
                plugin.Sha256[..HashDigits], plugin.Path);
        return table;
    }

    /// <summary>Lists kinds by table: <c>data.tokenizer = bpe, clip; ema</c>.</summary>
    static string Kinds(IEnumerable<KindEntry> entries) =>
        string.Join("; ", entries.GroupBy(entry => entry.Table).Select(table =>
            table.Any(entry => entry.Kind is not null)
                ? $"{table.Key} = {string.Join(", ", table.Select(entry => entry.Name))}" : table.Key));
}

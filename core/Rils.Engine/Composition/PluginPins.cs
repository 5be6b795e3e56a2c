using Rils.Configuration;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>Checks <c>[plugins]</c>: the plugins that an experiment needs, each with the versions that will
/// do.</summary>
/// <param name="registry">The loaded plugins.</param>
/// <param name="problems">The list that takes mistakes.</param>
sealed class PluginPins(PluginRegistry registry, Problems problems)
{
    const string Example = "plugins = { \"Alice\" = \"1.2\" }";

    /// <summary>Reports each plugin that is missing or has another version.</summary>
    public void Check(ExperimentTree tree)
    {
        if (tree.Root[ExperimentKeys.Plugins] is TableNode pins) Check(pins, "");
        else if (tree.Root[ExperimentKeys.Plugins] is { } other)
            problems.Add(other.Span, $"[plugins] is {other}: it must be a table, as in {Example}");
    }

    /// <summary>A name with a dot and without quotes is a table in a table.</summary>
    void Check(TableNode pins, string path)
    {
        foreach (var pin in pins.Entries)
            if (pin.Value is TableNode below) Check(below, $"{path}{pin.Key}.");
            else Check($"{path}{pin.Key}", pin);
    }

    void Check(string plugin, TomlEntry pin)
    {
        if (pin.Value is not ScalarNode { Value: string versions } || !PluginVersions.TryParse(versions, out var range))
            problems.Add(pin.Value.Span, $"`{plugin}` in [plugins] is {pin.Value}: it must be a range of versions: "
                + PluginVersions.Notation);
        else if (registry.Plugins.FirstOrDefault(one => one.Name.Equals(plugin, StringComparison.OrdinalIgnoreCase))
            is not { } loaded)
            problems.Add(pin.KeySpan, $"[plugins] needs {plugin} {versions}, which is not loaded"
                + $"{Nearest.Hint(plugin, registry.Plugins.Select(one => one.Name))}: "
                + "install it by `rils plugins add FILE`, or name its folder by --plugins DIR");
        else if (!PluginVersions.Holds(range, loaded.Version))
            problems.Add(pin.Value.Span, $"[plugins] needs {plugin} {versions}, and {loaded.Version} is loaded, from "
                + $"{loaded.Path}: take another release of it, or change the range");
    }
}

using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Plugins;

namespace Rils.Cli.Commands;

/// <param name="Name">The table, kind or plugin whose keys are printed; null for a list of all plugins.</param>
sealed record PluginsArguments(string? Name) : CommandArguments;

/// <summary>Loads the plugins and prints their kinds and systems, or the keys of a name.</summary>
sealed class PluginsHandler(PluginsArguments arguments, PluginSet plugins, Terminal terminal) : ICommandHandler
{
    public int Run(CancellationToken stopping)
    {
        if (arguments.Name is null) terminal.Write(PluginTable.Of(plugins, terminal.IsPlain));
        else KeyTables.Write(terminal, plugins.Registry, arguments.Name);
        return ExitCode.Done;
    }
}

using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;

namespace Rils.Cli.Commands;

/// <param name="Name">The plugin's name.</param>
sealed record PluginsRemoveArguments(string Name) : CommandArguments;

/// <summary>Removes an installed plugin. Loads no plugin, so that a broken one can be removed too.</summary>
sealed class PluginsRemoveHandler(PluginsRemoveArguments arguments, Terminal terminal) : ICommandHandler
{
    public static bool WritesFiles => true;

    public int Run(CancellationToken stopping)
    {
        var folder = InstalledPlugins.Change(store => store.Remove(arguments.Name));
        terminal.Output.WriteLine($"{folder} is removed");
        return ExitCode.Done;
    }
}

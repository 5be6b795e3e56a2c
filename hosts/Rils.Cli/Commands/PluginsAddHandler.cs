using Microsoft.Extensions.Logging;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Plugins;

namespace Rils.Cli.Commands;

/// <param name="File">The path of the package or folder.</param>
/// <param name="MayReplace">Whether the plugin may take the place of another build of it.</param>
sealed record PluginsAddArguments(string File, bool MayReplace) : CommandArguments;

/// <summary>Installs a plugin.</summary>
sealed class PluginsAddHandler(
    PluginsAddArguments arguments, Libtorch libtorch, Terminal terminal, ILoggerFactory loggers) : ICommandHandler
{
    public static bool WritesFiles => true;

    public int Run(CancellationToken stopping)
    {
        libtorch.Load();
        var (plugin, isNew) = InstalledPlugins.Change(
            store => store.Add(arguments.File, arguments.MayReplace, loggers));
        terminal.Output.WriteLine($"plugin {plugin.Name} {plugin.Version} is "
            + $"{(isNew ? "installed" : "installed already")} in {plugin.Path}");
        return ExitCode.Done;
    }
}

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Slots;
using Rils.Runs;
using Rils.Scheduling;
using TorchSharp;
using Isolated = McMaster.NETCore.Plugins.PluginLoader;

namespace Rils.Engine.Plugins;

/// <summary>Loads plugins from folders, our own and third parties' in the same way.</summary>
/// <remarks>All plugins share the host's contract, TorchSharp, abstractions of logging and of dependency injection, and
/// the assemblies that these reference. Each plugin loads every other assembly for itself. Plugins stay loaded until
/// the process ends.</remarks>
public static class PluginLoader
{
    // The process may hold only one instance of each of these assemblies.
    static readonly Type[] Shared =
        [typeof(IPlugin), typeof(SystemDefinition), typeof(torch), typeof(ILogger), typeof(IServiceCollection)];

    /// <summary>Loads every plugin under <paramref name="roots"/>. The order of the roots does not matter.</summary>
    /// <param name="roots">The paths of folders that hold plugin folders (<c>Name/Name.dll</c>), of plugin folders, of
    /// build outputs, or of a plugin's <c>.dll</c>.</param>
    /// <param name="loggers">Makes the loggers of this loader and of the plugins; null for no log.</param>
    /// <exception cref="PluginException">A root holds no plugin, or a plugin is refused; the exception has all
    /// problems.</exception>
    public static PluginSet Load(IReadOnlyList<string> roots, ILoggerFactory? loggers = null)
    {
        loggers ??= NullLoggerFactory.Instance;
        var problems = new PluginProblems();
        var plugins = PluginFolders.Find(roots, problems).Where(folder => PluginInspection.Passes(folder, problems))
            .Select(folder => Open(folder, problems)).OfType<LoadedPlugin>().ToArray();
        var registry = PluginRegistry.Collect(SlotTable.Engine, plugins, problems, loggers);
        problems.ThrowIfAny();
        Tell(loggers.CreateLogger(typeof(PluginLoader)), plugins);
        return new([.. plugins.Select(plugin => plugin.Info)], registry);
    }

    static void Tell(ILogger logger, IEnumerable<LoadedPlugin> plugins)
    {
        foreach (var (name, version, _, path) in plugins.Select(plugin => plugin.Info))
            logger.LogInformation("plugin {Plugin} {Version} from {Folder}", name, version, path);
    }

    static LoadedPlugin? Open(PluginFolder folder, PluginProblems problems)
    {
        try
        {
            var assembly = Isolated.CreateFromAssemblyFile(folder.Assembly, isUnloadable: false, Shared)
                .LoadDefaultAssembly();
            return EntryPoint(folder, assembly, problems) is { } type
                ? new(Describe(folder, assembly), (IPlugin)Activator.CreateInstance(type)!) : null;
        }
        catch (TargetInvocationException error)
        {
            problems.Add($"plugin {folder.Name} failed in its constructor: {PluginFailure.Cause(error)}",
                folder.Assembly, PluginFailure.Advice(error));
        }
        // The plugin's module initializers run here, and a plugin's code can throw any exception.
        catch (Exception error)
        {
            problems.Add($"plugin {folder.Name} cannot be loaded: {PluginFailure.Cause(error)}",
                folder.Assembly, PluginFailure.Advice(error));
        }
        return null;
    }

    static Type? EntryPoint(PluginFolder folder, Assembly assembly, PluginProblems problems)
    {
        var candidates = assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IPlugin)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal).ToArray();
        var usable = candidates.Where(type => type.IsVisible && type.GetConstructor(Type.EmptyTypes) is not null)
            .ToArray();
        if (usable.Length == 1) return usable[0];
        var names = string.Join(" and ", (usable.Length > 0 ? usable : candidates).Select(type => type.FullName));
        if (usable.Length > 1)
            problems.Add($"plugin {folder.Name} has more than one {nameof(IPlugin)}: {names}", folder.Assembly,
                "keep one class and register everything in its Configure");
        else if (candidates.Length > 0)
            problems.Add($"plugin {folder.Name}: {names} is not public, or has no public parameterless constructor",
                folder.Assembly, "make the class and its parameterless constructor public");
        else
            problems.Add($"plugin {folder.Name} has no class that implements {nameof(IPlugin)}", folder.Assembly,
                $"add a class: public sealed class MyPlugin : {nameof(IPlugin)}. "
                + "If this is a library, keep it out of the plugins' folder");
        return null;
    }

    static PluginInfo Describe(PluginFolder folder, Assembly assembly) => new(
        folder.Name,
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? $"{assembly.GetName().Version}",
        PluginHash.Of(folder.Path),
        folder.Path);
}

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

/// <summary>Loads plugins from folders, ours and a third party's alike.</summary>
/// <remarks>The contract, TorchSharp, the abstractions of logging and of dependency injection, and what these reference
/// are the host's; everything else a plugin has to itself. Plugins stay loaded until the process ends.</remarks>
public static class PluginLoader
{
    // One instance of each of these assemblies may exist in the process.
    static readonly Type[] Shared =
        [typeof(IPlugin), typeof(SystemDefinition), typeof(torch), typeof(ILogger), typeof(IServiceCollection)];

    /// <summary>Loads every plugin under <paramref name="roots"/>. The order of the roots does not matter.</summary>
    /// <param name="roots">Folders that hold plugin folders (<c>Name/Name.dll</c>), and plugin folders or build outputs themselves.</param>
    /// <param name="loggers">Makes the log of this loader and of the plugins; null for no log.</param>
    /// <exception cref="PluginException">A root holds no plugin, or a plugin is refused; all problems together.</exception>
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
            var assembly = Isolated.CreateFromAssemblyFile(folder.Assembly, isUnloadable: false, Shared).LoadDefaultAssembly();
            return EntryPoint(folder, assembly, problems) is { } type
                ? new(Describe(folder, assembly), (IPlugin)Activator.CreateInstance(type)!) : null;
        }
        catch (TargetInvocationException error)
        {
            problems.Add($"plugin {folder.Name} failed in its constructor: {PluginFailure.Cause(error)}", folder.Assembly, PluginFailure.Advice(error));
        }
        // Module initializers run here, and a stranger's code can throw anything.
        catch (Exception error)
        {
            problems.Add($"plugin {folder.Name} cannot be loaded: {PluginFailure.Cause(error)}", folder.Assembly, PluginFailure.Advice(error));
        }
        return null;
    }

    static Type? EntryPoint(PluginFolder folder, Assembly assembly, PluginProblems problems)
    {
        var candidates = assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IPlugin)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal).ToArray();
        var usable = candidates.Where(type => type.IsVisible && type.GetConstructor(Type.EmptyTypes) is not null).ToArray();
        if (usable.Length == 1) return usable[0];
        var names = string.Join(" and ", (usable.Length > 0 ? usable : candidates).Select(type => type.FullName));
        if (usable.Length > 1)
            problems.Add($"plugin {folder.Name} has more than one {nameof(IPlugin)}: {names}", folder.Assembly, "register everything from one of them");
        else if (candidates.Length > 0)
            problems.Add($"plugin {folder.Name}: {names} is not public, or has no public parameterless constructor", folder.Assembly, "give it both");
        else
            problems.Add($"plugin {folder.Name} has no {nameof(IPlugin)} inside", folder.Assembly,
                $"add a class: public sealed class MyPlugin : {nameof(IPlugin)}. If this is a library, keep it out of the plugins' folder");
        return null;
    }

    static PluginInfo Describe(PluginFolder folder, Assembly assembly) => new(
        folder.Name,
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}",
        PluginHash.Of(folder.Path),
        folder.Path);
}

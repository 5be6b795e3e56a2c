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
/// the assemblies that these reference. A plugin gets the assemblies of the plugins that it requires from these, and
/// loads every other assembly for itself. Plugins stay loaded until the process ends.</remarks>
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
        var found = PluginFolders.Find(roots, problems);
        InspectedPlugin[] sound =
            [.. found.Select(folder => PluginInspection.Inspect(folder, problems)).OfType<InspectedPlugin>()];
        var requirements = new PluginRequirements(found.Select(folder => folder.Name), sound, problems);
        var plugins = Open(requirements, problems);
        var registry = PluginRegistry.Collect(SlotTable.Engine, plugins, problems, loggers);
        problems.ThrowIfAny();
        Tell(loggers.CreateLogger(typeof(PluginLoader)), plugins);
        return new([.. plugins.Select(plugin => plugin.Info)], registry)
        {
            Required = sound.ToDictionary(plugin => plugin.Name,
                plugin => (IReadOnlyList<string>)[.. requirements.Of(plugin).Select(one => one.Name)]),
        };
    }

    /// <summary>Loads the plugins, each after those that it requires. One whose requirement cannot be loaded is left
    /// out, since the other's problem is told.</summary>
    /// <returns>The loaded plugins, sorted by name.</returns>
    static LoadedPlugin[] Open(PluginRequirements requirements, PluginProblems problems)
    {
        Dictionary<string, LoadedPlugin> opened = [];
        foreach (var plugin in requirements.Order())
        {
            var required = requirements.Of(plugin);
            if (required.All(one => opened.ContainsKey(one.Name)) && Open(plugin,
                required.ToDictionary(one => one.Name, one => opened[one.Name].Assembly), problems) is { } loaded)
                opened[plugin.Name] = loaded;
        }
        return [.. opened.Values.OrderBy(plugin => plugin.Name, StringComparer.Ordinal)];
    }

    static void Tell(ILogger logger, IEnumerable<LoadedPlugin> plugins)
    {
        foreach (var (name, version, _, path) in plugins.Select(plugin => plugin.Info))
            logger.LogInformation("plugin {Plugin} {Version} from {Folder}", name, version, path);
    }

    static LoadedPlugin? Open(
        InspectedPlugin plugin, IReadOnlyDictionary<string, Assembly> required, PluginProblems problems)
    {
        var folder = plugin.Folder;
        try
        {
            var assembly = AssemblyOf(folder, required);
            return EntryPoint(folder, assembly, problems) is { } type
                ? new(new(folder.Name, plugin.Assembly.Version, PluginHash.Of(folder.Path), folder.Path),
                    (IPlugin)Activator.CreateInstance(type)!) : null;
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

    static Assembly AssemblyOf(PluginFolder folder, IReadOnlyDictionary<string, Assembly> required)
    {
        var shared = new RequiredAssemblies(folder.Name, required);
        return Isolated.CreateFromAssemblyFile(folder.Assembly, isUnloadable: false, Shared, config =>
        {
            if (required.Count == 0) return;
            config.DefaultContext = shared;
            foreach (var assembly in required.Values) config.SharedAssemblies.Add(assembly.GetName());
            foreach (var library in shared.Libraries) config.PrivateAssemblies.Add(new(library));
        }).LoadDefaultAssembly();
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
                + "A library that several plugins use is a plugin whose Configure registers nothing");
        return null;
    }
}

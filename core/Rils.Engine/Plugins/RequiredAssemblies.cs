using System.Reflection;
using System.Runtime.Loader;

namespace Rils.Engine.Plugins;

/// <summary>The context from which a plugin gets the assemblies that it shares: those of the plugins that it requires,
/// and the host's.</summary>
/// <param name="plugin">The plugin's name.</param>
/// <param name="required">The assemblies of the required plugins, by name.</param>
sealed class RequiredAssemblies(string plugin, IReadOnlyDictionary<string, Assembly> required)
    : AssemblyLoadContext($"shared with {plugin}")
{
    /// <summary>The libraries beside the required plugins, which stay their own.</summary>
    public IEnumerable<string> Libraries => required.Values.SelectMany(assembly =>
        Directory.EnumerateFiles(FolderOf(assembly), "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)))
        .Where(name => !required.ContainsKey(name));

    /// <summary>Finds a shared assembly; null for one of the host's.</summary>
    /// <remarks>The loader opens all that a shared assembly references, and would fail at a library that it cannot
    /// find.</remarks>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        required.GetValueOrDefault(assemblyName.Name!) ?? required.Values
            .Where(assembly => File.Exists(Path.Combine(FolderOf(assembly), $"{assemblyName.Name}.dll")))
            .Select(assembly => GetLoadContext(assembly)!.LoadFromAssemblyName(assemblyName)).FirstOrDefault();

    static string FolderOf(Assembly assembly) => Path.GetDirectoryName(assembly.Location)!;
}

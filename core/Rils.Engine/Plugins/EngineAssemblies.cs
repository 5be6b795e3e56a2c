using System.Reflection;

namespace Rils.Engine.Plugins;

/// <summary>The assemblies of the engine: <c>Rils.Engine</c> and the assemblies of this project that it references,
/// directly or through others. Hosts and plugins are not among them.</summary>
static class EngineAssemblies
{
    /// <summary>The assemblies, sorted by name.</summary>
    public static IReadOnlyList<Assembly> All { get; } =
        [.. From(typeof(EngineAssemblies).Assembly, []).OrderBy(NameOf, StringComparer.Ordinal)];

    /// <summary>An assembly's name: <c>Rils.Engine</c>.</summary>
    public static string NameOf(Assembly assembly) => assembly.GetName().Name!;

    static HashSet<Assembly> From(Assembly assembly, HashSet<Assembly> found)
    {
        if (!found.Add(assembly)) return found;
        foreach (var name in assembly.GetReferencedAssemblies())
            if (name.Name!.StartsWith("Rils.", StringComparison.Ordinal)) From(Assembly.Load(name), found);
        return found;
    }
}

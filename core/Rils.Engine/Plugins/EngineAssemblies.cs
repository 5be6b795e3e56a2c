using System.Reflection;

namespace Rils.Engine.Plugins;

/// <summary>The assemblies that the engine consists of, hosts and plugins left out: its own, and those of this project
/// that it references.</summary>
static class EngineAssemblies
{
    /// <summary>By name.</summary>
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

using Rils.Contract;
using Rils.Engine.Plugins;

namespace Rils.Engine.Composition;

/// <summary>Which table of a file gives an arm a component.</summary>
public static class ComponentTables
{
    /// <summary><c>[masking]</c>, <c>[[objective]] kind = "contrastive"</c> where the table has other kinds too; null for what no table gives.</summary>
    public static string? Of(Type component, PluginRegistry registry)
    {
        if (ArmBuilder.TableOf(component) is { } slot) return slot;
        if (component.IsGenericType && component.GetGenericTypeDefinition() == typeof(GivenWeights<>)) return Of(component.GetGenericArguments()[0], registry);
        if (registry.Entries.FirstOrDefault(entry => entry.Options == component) is not { } entry) return null;
        return EngineTables.Header(entry.Table) + (registry.Kinds(entry.Table).Count > 1 ? $" kind = \"{entry.Kind}\"" : "");
    }
}

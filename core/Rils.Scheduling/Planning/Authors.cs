namespace Rils.Scheduling;

/// <summary>Chooses, for the fix in a message, the systems that the reader can edit: those of other plugins than this
/// project's own, where a mistake has any.</summary>
static class Authors
{
    /// <summary>The names of the systems that the reader can edit, with a word between them; null where that is all of
    /// them or none.</summary>
    public static string? Of(IEnumerable<SystemDefinition> systems, string between)
    {
        SystemDefinition[] all = [.. systems.Distinct()], others = [.. all.Where(system => !system.IsOfOurs)];
        return others.Length == 0 || others.Length == all.Length
            ? null : string.Join(between, others.Select(system => system.Name));
    }
}

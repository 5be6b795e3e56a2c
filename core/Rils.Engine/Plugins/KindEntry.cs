namespace Rils.Engine.Plugins;

/// <summary>An entry of the registry, which a table of an experiment selects: a kind of a slot, or a
/// component.</summary>
/// <param name="Table">The table: <c>masking</c>, <c>data.tokenizer</c>, <c>ema</c>.</param>
/// <param name="Kind">The value of <c>kind</c>; null for a table without kinds.</param>
/// <param name="Options">The record that is bound to the table.</param>
/// <param name="Slot">The slot's contract; null for a component.</param>
/// <param name="Make">Makes the slot's value from options, context and services; null for a component.</param>
/// <param name="Plugin">The name of the plugin that registered the entry, or
/// <see cref="PluginRegistry.Engine"/>.</param>
public sealed record KindEntry(string Table, string? Kind, Type Options, Type? Slot,
    Func<object, object, KindScope, object?>? Make, string Plugin)
{
    /// <summary>The kind's name in resolved experiments and messages, which loading another plugin never changes: the
    /// kind alone for this project's own plugins, <c>alice/lion</c> for any other. Null for a table without
    /// kinds.</summary>
    public string? Name => Kind is null ? null : KindNames.Of(Plugin, Kind);
    /// <summary>The class of the slot's value, as the plugin registered it; null for a component.</summary>
    public Type? Class { get; init; }

    internal string Title => Kind is null ? $"[{Table}]" : $"[{Table}] kind = \"{Kind}\"";
}

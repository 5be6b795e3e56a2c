namespace Rils.Engine.Plugins;

/// <summary>What a table of an experiment can be: a kind of a slot, or a component.</summary>
/// <param name="Table">The table: <c>masking</c>, <c>data.tokenizer</c>, <c>ema</c>.</param>
/// <param name="Kind">The value of <c>kind</c>; null for a table without kinds.</param>
/// <param name="Options">The record that is bound to the table.</param>
/// <param name="Slot">The slot's contract; null for a component.</param>
/// <param name="Make">From options, context and services to the slot's value; null for a component.</param>
/// <param name="Plugin">Who registered it.</param>
public sealed record KindEntry(string Table, string? Kind, Type Options, Type? Slot,
    Func<object, object, KindScope, object?>? Make, string Plugin)
{
    internal string Title => Kind is null ? $"[{Table}]" : $"[{Table}] kind = \"{Kind}\"";
}

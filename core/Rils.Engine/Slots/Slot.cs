using Rils.Contract;

namespace Rils.Engine.Slots;

/// <summary>A table with kinds, and all that the engine must know of it.</summary>
/// <param name="Table">Its name in a file: <c>masking</c>, <c>data.tokenizer</c>.</param>
/// <param name="Contract">What the factory of a kind makes; null where a kind is options alone.</param>
/// <param name="Context">What the factory takes beside the options.</param>
/// <param name="Usual">The kind of a table that names none; null where it must.</param>
/// <param name="IsNeeded">Whether no arm, or no <c>[data]</c>, can do without.</param>
/// <param name="Offer">What arms may read only where <c>[data]</c> has the table, and its name in messages.</param>
/// <param name="Component">What an arm has by its table, beside the options of the kind.</param>
/// <param name="ComponentOf">From the kind's factory, which takes the context, to the component.</param>
/// <param name="Setup">The system that makes its module, called <c>table.setup</c>; null where there is none.</param>
/// <param name="Prefix">Stands before the names of the module's tensors, with its dot.</param>
/// <param name="TakesSamples">Whether samples go through the module, and so part by part of the batch.</param>
/// <param name="IsStateless">Whether no State depends on the table.</param>
sealed record Slot(string Table, Type? Contract = null, Type? Context = null, string? Usual = null,
    bool IsNeeded = false, (Type Value, string Name)? Offer = null, Type? Component = null,
    Func<Func<object, object>, ExperimentContext, object>? ComponentOf = null,
    Delegate? Setup = null, string Prefix = "", bool TakesSamples = false, bool IsStateless = false)
{
    /// <summary>A slot whose value is a component of the arm, made before Setup.</summary>
    public static Slot Value<TSlot>(string table) => new(table, typeof(TSlot), typeof(ExperimentContext),
        Component: typeof(TSlot), ComponentOf: static (make, context) => make(context));

    /// <summary>A slot whose value is a module, which a system of Setup makes by the component.</summary>
    public static Slot Module<TSlot, TContext, TMaker>(
        string table, Func<Func<TContext, TSlot>, ExperimentContext, TMaker> maker, Delegate setup)
        where TContext : notnull where TMaker : Delegate => new(table, typeof(TSlot), typeof(TContext), Setup: setup,
            Component: typeof(TMaker), ComponentOf: (make, context) => maker(given => (TSlot)make(given), context));

    /// <summary>Its key in the table that holds it: <c>tokenizer</c> in <c>[data]</c>.</summary>
    public string Key => Table.Split('.')[^1];
}

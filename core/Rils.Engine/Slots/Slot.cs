using Rils.Contract;

namespace Rils.Engine.Slots;

/// <summary>A table with kinds, and all facts about it that the engine needs.</summary>
/// <param name="Table">The table's name in a file: <c>masking</c>, <c>data.tokenizer</c>.</param>
/// <param name="Contract">The type of the value that the factory of a kind makes; null where a kind has options and no
/// factory.</param>
/// <param name="Context">The type of the argument that the factory takes beside the options; null without a
/// factory.</param>
/// <param name="Usual">The kind of a table that names none; null where a table must name its kind.</param>
/// <param name="IsNeeded">Whether every arm, or <c>[data]</c>, must have the table.</param>
/// <param name="Offer">The type of the value that arms may read only where <c>[data]</c> has the table, and the value's
/// name in messages; null for a table that offers no such value.</param>
/// <param name="Component">The type of the component that an arm with the table has, beside the options of the kind;
/// null for none.</param>
/// <param name="ComponentOf">Makes the component from the kind's factory, which takes the context.</param>
/// <param name="Setup">The method of the system that makes the slot's module; the system is named after the table,
/// <c>backbone.setup</c>. Null for a slot without a module.</param>
/// <param name="Prefix">The beginning of the names of the module's tensors, with its dot: <c>visual.</c>.</param>
/// <param name="TakesSamples">Whether samples go through the module, so that the module takes the batch part by
/// part.</param>
/// <param name="IsOfModel">Whether heads see the slot's module, so that a trained arm is used with it.</param>
/// <param name="Within">The table of an arm that may have a table of this slot of its own, which then stands in place
/// of that of <c>[data]</c>: <c>text</c> for <c>[text.tokenizer]</c>. Null for none.</param>
/// <param name="SystemsOptions">The interface of the options of kinds whose value systems make, beside kinds with a
/// factory; null where every kind has a factory, or none has.</param>
/// <param name="Made">The value that systems of all kinds make: an arm without the table lacks it.</param>
/// <param name="IsStateless">Whether no State depends on the table.</param>
sealed record Slot(string Table, Type? Contract = null, Type? Context = null, string? Usual = null,
    bool IsNeeded = false, (Type Value, string Name)? Offer = null, Type? Component = null,
    Func<Func<object, object>, ExperimentContext, object>? ComponentOf = null,
    Delegate? Setup = null, string Prefix = "", bool TakesSamples = false, Type? SystemsOptions = null,
    Type? Made = null, bool IsStateless = false, bool IsOfModel = false, string? Within = null)
{
    /// <summary>Makes a slot whose value is a component of the arm, made before Setup.</summary>
    public static Slot Value<TSlot>(string table) => new(table, typeof(TSlot), typeof(ExperimentContext),
        Component: typeof(TSlot), ComponentOf: static (make, context) => make(context));

    /// <summary>Makes a slot whose value is a module. The component is a delegate, by which a system of Setup makes the
    /// module.</summary>
    public static Slot Module<TSlot, TContext, TMaker>(
        string table, Func<Func<TContext, TSlot>, ExperimentContext, TMaker> maker, Delegate setup)
        where TContext : notnull where TMaker : Delegate => new(table, typeof(TSlot), typeof(TContext), Setup: setup,
            Component: typeof(TMaker), ComponentOf: (make, context) => maker(given => (TSlot)make(given), context));

    /// <summary>The name of the table that an arm may have of its own: <c>text.tokenizer</c>; null for none.</summary>
    public string? OfArm => Within is null ? null : $"{Within}.{Key}";

    /// <summary>The table's key in the table around it: <c>tokenizer</c> in <c>[data]</c>.</summary>
    public string Key => Table.Split('.')[^1];
}

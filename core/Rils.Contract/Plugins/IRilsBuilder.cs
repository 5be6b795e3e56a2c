using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>What a plugin registers itself with. The extension methods in <see cref="Slots"/> name the slots.</summary>
public interface IRilsBuilder
{
    /// <summary>Registers a kind of a slot: <c>kind = "block"</c> in the slot's table selects it.</summary>
    /// <typeparam name="TOptions">A record bound to the table; a copy is also a component of the arm.</typeparam>
    /// <typeparam name="TContext">What the engine knows when it makes the slot's value.</typeparam>
    /// <typeparam name="TSlot">The slot's contract, which says which table it is.</typeparam>
    IRilsBuilder Kind<TOptions, TContext, TSlot>(string kind, Func<TOptions, TContext, TSlot> make)
        where TOptions : class where TSlot : class;

    /// <summary>Registers options that are a component by themselves: the arm that has the table has the component.</summary>
    /// <param name="table">The table's name: <c>ema</c> for <c>[ema]</c>; <c>target</c> and <c>objective</c> have kinds.</param>
    /// <param name="kind">The kind within the table, or null for a table without kinds.</param>
    IRilsBuilder Component<TOptions>(string table, string? kind = null) where TOptions : class;

    /// <summary>Registers a system: a static method whose parameters are its data access.</summary>
    /// <param name="stage">The stage in which it runs.</param>
    /// <param name="name">Its name, unique in the world: <c>slot.verb</c>.</param>
    /// <param name="body">The method: <c>in</c> reads, <c>ref</c> updates, <c>out</c> creates.</param>
    /// <param name="order">Order and run condition where the types leave them open.</param>
    IRilsBuilder System(Stage stage, string name, Delegate body, Action<SystemOptions>? order = null);
}

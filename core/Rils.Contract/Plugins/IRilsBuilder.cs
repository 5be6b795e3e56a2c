using Microsoft.Extensions.DependencyInjection;
using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>Takes a plugin's registrations. The extension methods in <see cref="Slots"/> have a name for each
/// slot.</summary>
/// <remarks>The host reports a registration that it cannot take (an unknown slot, a table that is the engine's) as a
/// problem of the plugin, and leaves it out. Every method throws an <see cref="InvalidOperationException"/> once
/// <see cref="IPlugin.Configure"/> has returned.</remarks>
public interface IRilsBuilder
{
    /// <summary>The services of this plugin alone, which the constructors of its kinds may take. The host adds
    /// <c>ILogger&lt;T&gt;</c> and <c>ILoggerFactory</c>.</summary>
    /// <remarks>A scoped service exists once for each arm that a kind is made for, and once for the kinds of
    /// <c>[data]</c>; the host disposes of such a service with the experiment, and of a singleton with the plugins. The
    /// collection is read-only once <see cref="IPlugin.Configure"/> has returned. The host reports a service whose
    /// constructor takes what nobody registers, and a singleton that takes a scoped service, as problems of the
    /// plugin.</remarks>
    IServiceCollection Services { get; }

    /// <summary>Registers a kind of a slot: <c>kind = "block"</c> in the slot's table selects it.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound; a copy is also a component of the
    /// arm.</typeparam>
    /// <typeparam name="TContext">The facts that the engine knows when it makes the slot's value; the type must be the
    /// slot's own: <see cref="ExperimentContext"/> for <c>[masking]</c>.</typeparam>
    /// <typeparam name="TSlot">The type of the slot's value, which decides the table: <see cref="IMasking"/> for
    /// <c>[masking]</c>.</typeparam>
    /// <param name="kind">The kind's name: lowercase letters, digits, <c>-</c> and <c>_</c>, beginning with a letter or
    /// a digit; not <c>none</c>.</param>
    /// <param name="make">Makes the slot's value from the bound options and the context; the engine may call it several
    /// times.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    IRilsBuilder Kind<TOptions, TContext, TSlot>(string kind, Func<TOptions, TContext, TSlot> make)
        where TOptions : class where TSlot : class;

    /// <summary>Registers a kind of a slot, and the class of its value: interfaces that the class implements are known
    /// when a file is read (<see cref="ITokenBackbone"/>, say).</summary>
    /// <typeparam name="TOptions">The record to which the table is bound; a copy is also a component of the
    /// arm.</typeparam>
    /// <typeparam name="TContext">The facts that the engine knows when it makes the slot's value; the type must be the
    /// slot's own.</typeparam>
    /// <typeparam name="TSlot">The type of the slot's value, which decides the table.</typeparam>
    /// <typeparam name="TKind">The class of all values that <paramref name="make"/> makes.</typeparam>
    /// <param name="kind">The kind's name: lowercase letters, digits, <c>-</c> and <c>_</c>, beginning with a letter or
    /// a digit; not <c>none</c>.</param>
    /// <param name="make">Makes the slot's value from the bound options and the context; the engine may call it several
    /// times.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind, Func<TOptions, TContext, TKind> make)
        where TOptions : class where TSlot : class where TKind : class, TSlot;

    /// <summary>Registers a kind of a slot that is a class: the host makes each value by the constructor.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound; a copy is also a component of the
    /// arm.</typeparam>
    /// <typeparam name="TContext">The facts that the engine knows when it makes the slot's value; the type must be the
    /// slot's own.</typeparam>
    /// <typeparam name="TSlot">The type of the slot's value, which decides the table.</typeparam>
    /// <typeparam name="TKind">The class. It has one public constructor, which takes, in any order, what it needs of
    /// the options, the context, <c>ILogger&lt;TKind&gt;</c> and the <see cref="Services"/>.</typeparam>
    /// <param name="kind">The kind's name: lowercase letters, digits, <c>-</c> and <c>_</c>, beginning with a letter or
    /// a digit; not <c>none</c>.</param>
    /// <returns>This builder.</returns>
    /// <remarks>The host reports a constructor that takes anything else as a problem of the plugin.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="kind"/> is null.</exception>
    IRilsBuilder Kind<TOptions, TContext, TSlot, TKind>(string kind)
        where TOptions : class where TSlot : class where TKind : class, TSlot;

    /// <summary>Registers options that are a component by themselves: the arm that has the table has the
    /// component.</summary>
    /// <typeparam name="TOptions">The record to which the table is bound.</typeparam>
    /// <param name="table">The table's name: <c>ema</c> for <c>[ema]</c>. Lowercase letters, digits and <c>_</c>,
    /// beginning with a letter.</param>
    /// <param name="kind">The kind within the table, as <c>kind = "..."</c> selects it; null for a table without kinds.
    /// The tables <c>target</c> and <c>objective</c> have kinds; so has <c>masking</c>, whose options implement
    /// <see cref="IMaskingOptions"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    IRilsBuilder Component<TOptions>(string table, string? kind = null) where TOptions : class;

    /// <summary>Registers a system: a static method whose parameters are its data access.</summary>
    /// <param name="stage">The stage in which the system runs.</param>
    /// <param name="name">The system's name, unique over all plugins: <c>slot.verb</c>.</param>
    /// <param name="body">The method, which returns void: an <c>in</c> parameter reads a type, <c>ref</c> updates,
    /// <c>out</c> creates.</param>
    /// <param name="order">Sets the order and the run condition where the types leave them open; null for
    /// neither.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank, or <paramref name="body"/> is
    /// null.</exception>
    IRilsBuilder System(Stage stage, string name, Delegate body, Action<SystemOptions>? order = null);
}

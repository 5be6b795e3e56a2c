namespace Rils.Contract;

/// <summary>A property of an options record that names a kind of a slot: an augmentation that holds another one, a
/// source over another source. In the experiment the property is a table,
/// <c>over = { kind = "random-resized-crop" }</c>, whose mistakes are told with file, line and column; whose plugin,
/// options and defaults the run records.</summary>
/// <typeparam name="TContext">The facts that the slot's kinds take: <see cref="DataContext"/> for an
/// augmentation.</typeparam>
/// <typeparam name="TSlot">The slot's type, or a type that derives from that: <see cref="IDecodedAugmentation"/>. A
/// kind whose value has not this type is a mistake of the file.</typeparam>
public sealed class Wrapped<TContext, TSlot> : IWrapped where TContext : class where TSlot : class
{
    readonly Func<TContext, TSlot> make;
    readonly IBoundKind? table;

    /// <summary>Wraps a value without an experiment, as a test does.</summary>
    /// <param name="make">Makes the value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="make"/> is null.</exception>
    public Wrapped(Func<TContext, TSlot> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        this.make = make;
    }

    internal Wrapped(IBoundKind table, Func<object, object> make) : this(context => (TSlot)make(context)) =>
        this.table = table;

    IBoundKind? IWrapped.Table => table;

    object IWrapped.Make(object context) => make((TContext)context);

    /// <summary>Makes the value. Only the factory or the constructor of the kind around it may call this; whoever makes
    /// a source also disposes of it.</summary>
    /// <param name="context">The facts that the wrapped kind gets: those that the kind around it got, or changed
    /// ones.</param>
    /// <returns>A new value.</returns>
    /// <exception cref="InvalidOperationException">The kind around it has been made already.</exception>
    public TSlot Make(TContext context) => make(context);

    /// <summary>The kind as messages show it.</summary>
    /// <returns><c>{ kind = "random-resized-crop" }</c>.</returns>
    public override string ToString() => $"{{ kind = \"{table?.Kind}\" }}";
}

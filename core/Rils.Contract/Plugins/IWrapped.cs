namespace Rils.Contract;

/// <summary>A <see cref="Wrapped{TContext, TSlot}"/> of any slot.</summary>
interface IWrapped
{
    /// <summary>The table in the experiment; null where code made the value.</summary>
    IBoundKind? Table { get; }

    /// <summary>Makes the value.</summary>
    /// <param name="context">The facts that the slot's kinds take.</param>
    object Make(object context);
}

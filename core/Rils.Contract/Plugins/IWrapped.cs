namespace Rils.Contract;

/// <summary>A <see cref="Wrapped{TContext, TSlot}"/> of any slot.</summary>
interface IWrapped
{
    /// <summary>The table in the experiment; null where code made the value.</summary>
    IBoundKind? Table { get; }
}

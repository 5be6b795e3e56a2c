namespace Rils.Scheduling;

/// <summary>A parameter through which a system adds to a collection that others read as
/// <see cref="Collected{T}"/>.</summary>
/// <remarks>Appends never conflict. The collection is ordered by the names of the systems that added, then by the order
/// in which each added, so that no sum depends on the order of registration.</remarks>
/// <typeparam name="T">The type of the collected items.</typeparam>
public sealed class Append<T>
{
    readonly List<T> items = [];

    internal IReadOnlyList<T> Items => items;

    /// <summary>The system that adds, with its plugin, for messages.</summary>
    internal string Maker { get; init; } = "";

    /// <summary>The name of the entity that the system runs for: the arm's, or the item's (the name of a loss
    /// term).</summary>
    public string Name { get; }

    /// <summary>Makes an empty collection for one system: for the scheduler, and for tests that call a system by
    /// hand.</summary>
    /// <param name="name">The name of the entity that the system runs for.</param>
    public Append(string name) => Name = name;

    /// <summary>Adds an item, which lives until the tick ends.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item) => items.Add(item);

    internal void Clear() => items.Clear();
}

namespace Rils.Scheduling;

/// <summary>A parameter through which a system adds to a collection that others read as <see cref="Collected{T}"/>.</summary>
/// <remarks>Appends never conflict. The collection is ordered by the names of the systems that added, then by the order in
/// which each added, so that no sum depends on who was registered first.</remarks>
/// <typeparam name="T">What is collected.</typeparam>
public sealed class Append<T>
{
    readonly List<T> items = [];

    internal IReadOnlyList<T> Items => items;

    /// <summary>The system that adds, with its plugin, for messages.</summary>
    internal string Maker { get; init; } = "";

    /// <summary>The name of the entity that the system runs for: the arm's, or the item's (the name of a loss term).</summary>
    public string Name { get; }

    /// <summary>Used by the scheduler, and by tests that call a system by hand.</summary>
    public Append(string name) => Name = name;

    /// <summary>Adds one.</summary>
    public void Add(T item) => items.Add(item);

    internal void Clear() => items.Clear();
}

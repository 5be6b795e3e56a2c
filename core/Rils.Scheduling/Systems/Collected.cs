using System.Collections;

namespace Rils.Scheduling;

/// <summary>The items that every <see cref="Append{T}"/> of this tick added, in the order of the systems'
/// names.</summary>
/// <typeparam name="T">The type of the collected items.</typeparam>
public sealed class Collected<T> : IReadOnlyList<T>
{
    readonly IReadOnlyList<Append<T>> parts;
    readonly List<T> items = [];

    /// <summary>Joins the appends of several systems: for the scheduler, and for tests that call a system by
    /// hand.</summary>
    /// <param name="parts">The appends, in the order in which their items are read.</param>
    public Collected(params IReadOnlyList<Append<T>> parts)
    {
        this.parts = parts;
        Refresh();
    }

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <summary>Names the system that added an item, with its plugin, for messages:
    /// <c>contrastive of Rils.Contrastive</c>.</summary>
    /// <param name="index">The item's index in this tick, from 0 to <see cref="Count"/>, exclusive.</param>
    /// <returns>The two names; empty where a test made the collection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many items.</exception>
    public string MakerOf(int index)
    {
        foreach (var part in parts)
            if (index < part.Items.Count) return part.Maker;
            else index -= part.Items.Count;
        throw new ArgumentOutOfRangeException(nameof(index));
    }

    internal Collected<T> Refresh()
    {
        items.Clear();
        foreach (var part in parts) items.AddRange(part.Items);
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

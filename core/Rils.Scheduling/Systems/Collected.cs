using System.Collections;

namespace Rils.Scheduling;

/// <summary>What every <see cref="Append{T}"/> of this tick added, in the order of the systems' names.</summary>
/// <typeparam name="T">What was collected.</typeparam>
public sealed class Collected<T> : IReadOnlyList<T>
{
    readonly IReadOnlyList<Append<T>> parts;
    readonly List<T> items = [];

    /// <summary>Used by the scheduler, and by tests that call a system by hand.</summary>
    public Collected(params IReadOnlyList<Append<T>> parts)
    {
        this.parts = parts;
        Refresh();
    }

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <summary>The system that added an item, with its plugin, for messages:
    /// <c>contrastive of Rils.Contrastive</c>.</summary>
    /// <param name="index">The item's, in this tick.</param>
    /// <returns>Empty where a test made the collection.</returns>
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

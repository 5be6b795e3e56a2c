namespace Fixture.Builder;

/// <summary>Leaves out every second sample of another source.</summary>
sealed class EverySecond(ISource source) : ISource
{
    /// <inheritdoc/>
    public int Count => source.Count / 2;

    /// <inheritdoc/>
    public IReadOnlyList<Type> Components => source.Components;

    /// <inheritdoc/>
    public Sample Read(int index, IReadOnlySet<Type> wanted) => source.Read(2 * index, wanted);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}

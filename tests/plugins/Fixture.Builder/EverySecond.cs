namespace Fixture.Builder;

/// <summary>Leaves out every second sample of another source.</summary>
sealed class EverySecond(ISource source) : ISource
{
    /// <inheritdoc/>
    public int Count => source.Count / 2;

    /// <inheritdoc/>
    public Sample Read(int index) => source.Read(2 * index);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}

namespace Fixture.ThrowsEarly;

/// <summary>A plugin whose constructor throws.</summary>
public sealed class ThrowsEarlyPlugin : IPlugin
{
    /// <summary>Throws always.</summary>
    public ThrowsEarlyPlugin() => throw new InvalidOperationException("the moon is new");

    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
    }
}

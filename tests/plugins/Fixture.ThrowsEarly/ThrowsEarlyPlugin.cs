namespace Fixture.ThrowsEarly;

/// <summary>Cannot be made.</summary>
public sealed class ThrowsEarlyPlugin : IPlugin
{
    /// <summary>Throws.</summary>
    public ThrowsEarlyPlugin() => throw new InvalidOperationException("the moon is new");

    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
    }
}

namespace Fixture.Throws;

/// <summary>Registers a part, and then throws.</summary>
public sealed class ThrowsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
        rils.Component<ThrowsPlugin>("throws");
        throw new InvalidOperationException("the moon is full");
    }
}

namespace Fixture.Throws;

/// <summary>Registers, then throws.</summary>
public sealed class ThrowsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
        rils.Component<ThrowsPlugin>("throws");
        throw new InvalidOperationException("the moon is full");
    }
}

namespace Fixture.ShipsTorch;

/// <summary>Never reached.</summary>
public sealed class ShipsTorchPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
    }
}

namespace Fixture.ShipsTorch;

/// <summary>A plugin whose folder holds a TorchSharp and a contract of its own, so that the host refuses it and never
/// makes this class.</summary>
public sealed class ShipsTorchPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
    }
}

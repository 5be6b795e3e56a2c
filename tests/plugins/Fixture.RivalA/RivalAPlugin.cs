namespace Fixture.RivalA;

/// <summary>Claims a kind and a system.</summary>
public sealed class RivalAPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Objective<RivalAPlugin>("rival")
        .System(Stage.Observe, "rival.observe", static (in RivalAPlugin options) => { });
}

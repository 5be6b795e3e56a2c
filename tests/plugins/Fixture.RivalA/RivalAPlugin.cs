namespace Fixture.RivalA;

/// <summary>Registers a table, a kind and a system that the other rival registers too.</summary>
public sealed class RivalAPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Component<RivalAPlugin>("rivals")
        .Objective<RivalAPlugin>("rival")
        .System(Stage.Observe, "rival.observe", static (in RivalAPlugin options) => { });
}

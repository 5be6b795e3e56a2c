namespace Fixture.RivalB;

/// <summary>Registers a table, a kind and a system that the other rival registers too.</summary>
public sealed class RivalBPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Component<RivalBPlugin>("rivals")
        .Objective<RivalBPlugin>("rival")
        .System(Stage.Observe, "rival.observe", static (in RivalBPlugin options) => { });
}

namespace Fixture.RivalB;

/// <summary>Claims a kind and a system.</summary>
public sealed class RivalBPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Objective<RivalBPlugin>("rival")
        .System(Stage.Observe, "rival.observe", static (in RivalBPlugin options) => { });
}

namespace Fixture.PrivateTomlyn;

/// <summary>A plugin with a Tomlyn of its own, which gives the name of its kind.</summary>
public sealed class PrivateTomlynPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Objective<PrivateTomlynPlugin>(Tomlyn.Toml.KindOfMine());
}

namespace Fixture.PrivateTomlyn;

/// <summary>Names its kind after what its own Tomlyn says.</summary>
public sealed class PrivateTomlynPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Objective<PrivateTomlynPlugin>(Tomlyn.Toml.KindOfMine());
}

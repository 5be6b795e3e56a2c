namespace Alice;

/// <summary>Registers an optimizer under a name that Bob takes too.</summary>
public sealed class AlicePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Optimizer<LionOptions, Lion>("lion");
}

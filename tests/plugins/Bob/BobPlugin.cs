namespace Bob;

/// <summary>Registers an optimizer under a name that Alice takes too.</summary>
public sealed class BobPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Optimizer<LionOptions>("lion", static (options, _) => new Lion(options));
}

namespace Rils.Layers;

/// <summary>Registers nothing: plugins that require <c>Rils.Layers</c> use its classes.</summary>
public sealed class LayersPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
    }
}

namespace Rils.Measures;

/// <summary>Registers nothing: plugins that require <c>Rils.Measures</c> use its classes.</summary>
public sealed class MeasuresPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
    }
}

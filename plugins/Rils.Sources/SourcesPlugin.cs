namespace Rils.Sources;

/// <summary>Registers nothing: sources of data that require <c>Rils.Sources</c> use its classes.</summary>
public sealed class SourcesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
    }
}

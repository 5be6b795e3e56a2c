namespace Fixture.Newer;

/// <summary>A plugin for a later host, whose contract has another <c>IPlugin</c>.</summary>
public sealed class NewerPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure()
    {
    }
}

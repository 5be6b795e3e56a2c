namespace Fixture.Newer;

/// <summary>For a host that is not written yet.</summary>
public sealed class NewerPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure()
    {
    }
}

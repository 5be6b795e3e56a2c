namespace Fixture.Services;

/// <summary>Divides.</summary>
public sealed class Share
{
    /// <summary>The whole part.</summary>
    public int One(int patches, int of) => patches / of;
}

namespace Fixture.Services;

/// <summary>Options of the masking.</summary>
public sealed record ServicesOptions
{
    /// <summary>One of so many patches stays visible.</summary>
    public int Of { get; init; } = 4;
}

namespace Fixture.Good;

/// <summary>Options of all parts of this plugin.</summary>
public sealed record GoodOptions
{
    /// <summary>A number.</summary>
    public double Decay { get; init; } = 0.5;
}

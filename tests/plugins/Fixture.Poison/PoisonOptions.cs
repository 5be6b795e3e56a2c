namespace Fixture.Poison;

/// <summary>Options of <c>[[objective]] kind = "poison"</c>.</summary>
public sealed record PoisonOptions
{
    /// <summary>The first step whose loss is not a number.</summary>
    public required long From { get; init; }
}

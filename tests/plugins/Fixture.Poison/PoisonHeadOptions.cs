namespace Fixture.Poison;

/// <summary>Options of <c>[[head]] kind = "poison"</c>.</summary>
public sealed record PoisonHeadOptions
{
    /// <summary>The arm on which the head throws.</summary>
    public required string Arm { get; init; }
}

namespace Fixture.Trespass;

/// <summary>Options of <c>[[head]] kind = "trespass"</c>.</summary>
public sealed record TrespassHeadOptions
{
    /// <summary>The trespass, done in the first batch.</summary>
    public required Deed Deed { get; init; }

    /// <summary>The arm whose evaluation the head spoils.</summary>
    public required string To { get; init; }
}

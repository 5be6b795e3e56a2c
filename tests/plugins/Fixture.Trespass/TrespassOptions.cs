namespace Fixture.Trespass;

/// <summary>Options of <c>[[objective]] kind = "trespass"</c>.</summary>
public sealed record TrespassOptions
{
    /// <summary>The trespass.</summary>
    public required Deed Deed { get; init; }

    /// <summary>The step of the trespass, from 0.</summary>
    public long Step { get; init; }
}

namespace Fixture.Trespass;

/// <summary>Options of <c>[[objective]] kind = "trespass"</c>.</summary>
public sealed record TrespassOptions
{
    /// <summary>What is done.</summary>
    public required Deed Deed { get; init; }

    /// <summary>In which step.</summary>
    public long Step { get; init; }
}

/// <summary>Options of <c>[backbone] kind = "trespass"</c>.</summary>
public sealed record TrespassBackboneOptions;

/// <summary>Options of <c>[[head]] kind = "trespass"</c>.</summary>
public sealed record TrespassHeadOptions
{
    /// <summary>What is done, in the first batch.</summary>
    public required Deed Deed { get; init; }

    /// <summary>The arm that it is done to.</summary>
    public required string To { get; init; }
}

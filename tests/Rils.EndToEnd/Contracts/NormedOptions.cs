namespace Rils.Tests.Contracts;

/// <summary>Options of <see cref="NormedBackbone"/>.</summary>
sealed record NormedOptions
{
    /// <summary>Whether the block runs again in the backward pass, and the key's name says so.</summary>
    public bool Recompute { get; init; }

    /// <summary>Whether the block runs again in the backward pass, under a name that does not say so.</summary>
    public bool Hidden { get; init; }
}

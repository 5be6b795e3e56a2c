namespace Fixture.Poison;

/// <summary>Options of <c>[poison_mask]</c>.</summary>
public sealed record PoisonMaskOptions
{
    /// <summary>The number of patches that stay visible.</summary>
    public int Visible { get; init; } = 4;
}

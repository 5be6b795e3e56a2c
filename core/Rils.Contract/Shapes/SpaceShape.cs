namespace Rils.Contract;

/// <summary>The size of the shared space, which other parts need before its weights exist.</summary>
/// <param name="Dimensions">Length of a vector of the space, in numbers; at least 1.</param>
public sealed record SpaceShape(int Dimensions);

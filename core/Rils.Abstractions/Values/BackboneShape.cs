namespace Rils.Abstractions;

/// <summary>What other parts must know of a backbone before its weights exist.</summary>
/// <param name="Width">Width of a token.</param>
/// <param name="Grid">The patches of one image.</param>
/// <param name="PatchSize">Side of a patch, in pixels.</param>
public sealed record BackboneShape(int Width, PatchGrid Grid, int PatchSize);

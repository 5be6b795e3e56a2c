namespace Rils.Contract;

/// <summary>The size of a backbone, which other parts need before its weights exist.</summary>
/// <param name="Width">Width of an image's feature and, where the backbone gives tokens, of a token, in numbers; at
/// least 1.</param>
public sealed record BackboneShape(int Width);

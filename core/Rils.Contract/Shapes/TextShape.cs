namespace Rils.Contract;

/// <summary>The sizes of a text encoder, which other parts need before its weights exist. Both are at least
/// 1.</summary>
/// <param name="Width">Width of a sentence's feature, in numbers.</param>
/// <param name="Context">Length of the longest sentence, in tokens, start and end included.</param>
public sealed record TextShape(int Width, int Context);

namespace Rils.Contract;

/// <summary>What other parts must know of a text encoder before its weights exist.</summary>
/// <param name="Width">Width of a sentence feature.</param>
/// <param name="Context">The longest sentence, in tokens, start and end included.</param>
public sealed record TextShape(int Width, int Context);

namespace Rils.Contract;

/// <summary>The size of a backbone, which other parts need before its weights exist.</summary>
/// <param name="Width">Width of an image's feature and, where the backbone gives tokens, of a token, in numbers; at
/// least 1.</param>
public sealed record BackboneShape(int Width)
{
    /// <summary>The number of layers whose features an <see cref="ILayeredFeatures"/> gives; 0 for any other
    /// backbone.</summary>
    public int Layers { get; init; }
}

namespace Rils.Contract;

/// <summary>Tells in which layer of a backbone each parameter lies, from the options alone. The options of a
/// <c>[backbone]</c> whose parameters lie in layers implement it, and are then a component of this type too: a system
/// with <c>in IParameterLayers</c> runs for arms with such a backbone.</summary>
public interface IParameterLayers
{
    /// <summary>The number of the top layer, which comes after all blocks. A ViT's: depth + 1.</summary>
    int TopLayer { get; }

    /// <summary>Tells the layer of a parameter.</summary>
    /// <param name="name">The parameter's name in the backbone, without prefix: <c>blocks.0.norm1.weight</c>.</param>
    /// <returns>The layer, from 0, the layer that meets the pixels, to <see cref="TopLayer"/>.</returns>
    int LayerOf(string name);

    /// <summary>Whether a parameter is a token or a position, to which recipes with layer-wise decay apply no weight
    /// decay.</summary>
    /// <param name="name">The parameter's name in the backbone, without prefix: <c>cls_token</c>.</param>
    /// <returns>True for a token or position.</returns>
    bool IsTokenOrPosition(string name);
}

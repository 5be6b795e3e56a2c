namespace Rils.Contract;

/// <summary>Tells a backbone's shape from its options alone. Options may implement it: then the engine checks whatever
/// depends on the shape together with all other mistakes of a file, before any model exists.</summary>
public interface IBackboneOptions
{
    /// <summary>Tells the shape. The engine calls it only where the options' own checks have passed.</summary>
    /// <param name="imageSize">Side of the square images, in pixels.</param>
    /// <returns>The <see cref="Backbone.Shape"/> that the backbone will have.</returns>
    BackboneShape ShapeFor(int imageSize);
}

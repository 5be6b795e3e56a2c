namespace Rils.Contract;

/// <summary>Optional, for the options of a backbone that know its shape before it is made: what depends on the shape (a masking's ratio, a
/// decoder's heads) is then judged together with all other mistakes of a file, before any model exists.</summary>
public interface IBackboneOptions
{
    /// <summary>The <see cref="Backbone.Shape"/> that the backbone will have. Called only where the options' own checks have passed.</summary>
    /// <param name="imageSize">Side of the square images, in pixels.</param>
    BackboneShape ShapeFor(int imageSize);
}

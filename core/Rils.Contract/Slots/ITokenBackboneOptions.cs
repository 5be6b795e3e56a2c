namespace Rils.Contract;

/// <summary>Tells the patches of an <see cref="ITokenBackbone"/> from its options alone: then the engine checks a
/// masking's ratio, a decoder's positions and the like together with all other mistakes of a file.</summary>
public interface ITokenBackboneOptions : IBackboneOptions
{
    /// <summary>Tells the patches. The engine calls it only where the options' own checks have passed.</summary>
    /// <param name="imageSize">Side of the square images, in pixels.</param>
    /// <returns>The <see cref="ITokenBackbone.Patches"/> that the backbone will have.</returns>
    PatchShape PatchesFor(int imageSize);
}

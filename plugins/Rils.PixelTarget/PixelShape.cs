namespace Rils.PixelTarget;

/// <summary>What the decoder predicts for the pixel target.</summary>
static class PixelShape
{
    /// <summary>Three colours for every pixel of a patch.</summary>
    public static void Make(in BackboneShape backbone, out TargetShape target) =>
        target = new(3 * backbone.PatchSize * backbone.PatchSize);
}

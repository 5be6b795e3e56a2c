namespace Rils.PixelTarget;

/// <summary>Says how wide the decoder's predictions are for the pixel target.</summary>
static class PixelShape
{
    /// <summary>The decoder predicts three colours for every pixel of a patch.</summary>
    public static void Make(in PatchShape patches, out TargetShape target) =>
        target = new(3 * patches.PatchSize * patches.PatchSize);
}

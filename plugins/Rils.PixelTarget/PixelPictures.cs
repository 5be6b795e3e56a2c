using TorchSharp;
using static TorchSharp.torch;

namespace Rils.PixelTarget;

/// <summary>A picture of the gallery: the decoder's prediction in the hidden patches.</summary>
static class PixelPictures
{
    const string Plain = "The hidden patches show what the decoder predicts; the visible ones show the original.";

    /// <summary>Adds the picture <c>reconstruction</c>.</summary>
    public static void Add(
        in PixelTargetOptions options, in PatchShape shape, in Images images, in PicturedImages pictured,
        in PatchPrediction prediction, Append<Picture> pictures)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var rows = new PatchPrediction(
            prediction.Tokens.index_select(0, pictured.Rows), prediction.Mask.Select(pictured.Rows));
        var all = Constant.Count(shape.Grid.Count, images.Pixels.device).expand(pictured.Rows.shape[0], -1);
        var patches = PixelPatches.Pick(images.Pixels, pictured.Numbers, all, shape);
        var predicted = rows.Hidden.to(ScalarType.Float32);
        var at = rows.Mask.Hidden.unsqueeze(2).expand(-1, -1, patches.shape[2]);
        if (options.Normalize)
            predicted = PixelPatches.Restore(predicted, patches.gather(1, at), options.VarianceFloor);
        var rgb = Images.ToRgb(PixelPatches.Join(patches.scatter(1, at, predicted), shape));
        pictures.Add(new("reconstruction",
            options.Normalize
                ? $"{Plain} The decoder predicts each patch relative to the patch's own mean and deviation; the "
                    + "picture takes these from the original."
                : Plain,
            rgb.MoveToOuterDisposeScope()));
    }
}

using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Training;
using static TorchSharp.torch;

namespace Rils.Engine.Gallery;

/// <summary>The systems that make pictures of the last training step. All are passive systems: an arm trains the same
/// with and without them.</summary>
static class GallerySystems
{
    /// <summary>The most images of an arm that the report shows.</summary>
    public const int Most = 8;

    const string MaskedTitle = "masked input";
    const long Grey = 128;

    public static void Setup(out GalleryLog log) => log = new();

    /// <summary>Chooses the first images that the masked pass takes with a weight other than 0.</summary>
    public static void Choose(in Images images, in Maybe<ImageSelection> selection, out PicturedImages pictured)
    {
        var all = Constant.Count(images.Pixels.shape[0], images.Pixels.device);
        var selected = selection.TryGet(out var chosen) ? chosen : new(all);
        // Device synchronisation, in the last step.
        var rows = selected.Weights is { } weights ? weights.nonzero().squeeze(1)
            : all.narrow(0, 0, selected.Images.shape[0]);
        rows = rows.narrow(0, 0, Math.Min(Most, rows.shape[0]));
        pictured = new(selected.Images.index_select(0, rows), rows);
    }

    public static void Masked(
        in PatchShape shape, in Images images, in PicturedImages pictured, in PatchMask mask,
        Append<Picture> pictures)
    {
        using var scope = NewDisposeScope();
        var hidden = mask.Hidden.index_select(0, pictured.Numbers);
        var flags = zeros([hidden.shape[0], shape.Grid.Count], ScalarType.Bool, hidden.device)
            .scatter_(1, hidden, ones_like(hidden, ScalarType.Bool));
        var rgb = Images.ToRgb(images.Pixels.index_select(0, pictured.Numbers))
            .masked_fill(shape.Fill(flags.unsqueeze(2)), Constant.Of(Grey));
        pictures.Add(new(MaskedTitle, "The image as the masked pass sees it: hidden patches are grey.",
            rgb.MoveToOuterDisposeScope()));
    }

    public static void Views(in AugmentedViews views, in PicturedImages pictured, Append<Picture> pictures)
    {
        var numbers = pictured.Numbers;
        Tensor Rgb(Tensor pixels)
        {
            using var some = pixels.index_select(0, numbers);
            return Images.ToRgb(some);
        }
        foreach (var (number, pixels) in views.All.Index())
            pictures.Add(new($"view {number + 1}", "One of "
                + $"{views.All.Count} further views of the image, each cropped and changed on its own; "
                + "the arm should give all like embeddings.", Rgb(pixels)));
    }

    /// <summary>Copies all pictures to the host: the original first, then the masked input, then the others in the
    /// order of the names of the systems that made them.</summary>
    public static void Collect(
        in Step step, in Images images, in PicturedImages pictured, in Maybe<CaptionTexts> texts,
        in Collected<Picture> pictures, ref GalleryLog log)
    {
        using var scope = NewDisposeScope();
        var original = new Picture("original", "The image as the arm got it, cropped at random.",
            Images.ToRgb(images.Pixels.index_select(0, pictured.Numbers)));
        long[] numbers = [.. pictured.Numbers.cpu().data<long>()]; // device synchronisation, in the last step
        var captions = texts.TryGet(out var all) ? all.Texts : null;
        log.Keep(step.Number, numbers, [.. numbers.Select(number => captions?[(int)number])],
            [original, .. pictures.OrderBy(picture => picture.Title != MaskedTitle)]);
    }
}

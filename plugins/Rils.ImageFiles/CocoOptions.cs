namespace Rils.ImageFiles;

/// <summary>Options of <c>[data] kind = "coco"</c>: COCO's annotations, captions or instances.</summary>
public sealed record CocoOptions
{
    /// <summary>The folder of the images. Not given: the folder of the annotations, or the one beside or above that is
    /// named after the annotations' split or `images`: `train2017` for `annotations/captions_train2017.json`.</summary>
    [ExperimentPath]
    public string? Images { get; init; }
}

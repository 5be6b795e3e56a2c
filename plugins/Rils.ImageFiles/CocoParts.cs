namespace Rils.ImageFiles;

/// <summary>The annotations of each image.</summary>
sealed class CocoParts
{
    readonly IReadOnlyList<CocoImage> images;
    readonly ILookup<long, CocoAnnotation> ofImage;
    readonly Dictionary<long, int> classes;
    readonly bool hasBoxes;

    public CocoParts(CocoFile coco, CocoCategory[] categories)
    {
        images = coco.Images!;
        ofImage = (coco.Annotations ?? []).ToLookup(annotation => annotation.ImageId);
        classes = categories.Index().ToDictionary(entry => entry.Item.Id, entry => entry.Index);
        hasBoxes = (coco.Annotations ?? []).Any(annotation => annotation.Bbox is not null);
    }

    /// <summary>The entries of all images, in their order.</summary>
    /// <param name="path">The file, for messages.</param>
    public IEnumerable<SampleEntry> Entries(string path) => images.Select(image => new SampleEntry(
        image.FileName is { Length: > 0 } name ? name
            : throw new InvalidDataException($"{path}: the image {image.Id} has no `file_name`"),
        CaptionsOf(image),
        hasBoxes ? [.. ofImage[image.Id].Where(annotation => annotation.Bbox is not null)
            .Select(annotation => Box(path, annotation))] : null));

    SampleCaptions CaptionsOf(CocoImage image)
    {
        CocoCaption[] all = [.. ofImage[image.Id].Select(annotation => annotation.Caption).OfType<CocoCaption>()];
        return new([.. all.Select(caption => caption.Text).OfType<string>().Where(text => text.Length > 0)],
            all.Select(caption => caption.Fault).FirstOrDefault(fault => fault is not null));
    }

    LabelledBox Box(string path, CocoAnnotation annotation) =>
        annotation is { Bbox: [var left, var top, var width, var height], CategoryId: { } id }
        && classes.TryGetValue(id, out var number) ? new(left, top, width, height, number)
        : throw new InvalidDataException($"{path}: an object of the image {annotation.ImageId} needs a `bbox` of four "
            + "numbers, and a `category_id` that is among `categories`");
}

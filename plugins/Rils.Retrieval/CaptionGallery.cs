namespace Rils.Retrieval;

/// <summary>The distinct captions of the data, and the caption of each image.</summary>
/// <remarks>Captions that differ only in case or white space are equal: most tokenizers see no difference, and no
/// reader would. The gallery depends on the data alone, so every arm answers the same question.</remarks>
sealed class CaptionGallery
{
    readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> captions = [];
    readonly List<int> ofImages = [];
    readonly List<string> imageKeys = [], captionKeys = [];

    /// <summary>Each distinct caption once, in the spelling of its first image.</summary>
    public IReadOnlyList<string> Captions => captions;

    /// <summary>The number of each image's caption in <see cref="Captions"/>.</summary>
    public IReadOnlyList<int> OfImages => ofImages;

    /// <summary>The images' keys, in the order of <see cref="Add"/>.</summary>
    public IReadOnlyList<string> ImageKeys => imageKeys;

    /// <summary>For each caption, the key of the first image that has it.</summary>
    public IReadOnlyList<string> CaptionKeys => captionKeys;

    /// <summary>Adds the next image.</summary>
    public void Add(string imageKey, string caption)
    {
        imageKeys.Add(imageKey);
        var key = string.Join(' ', caption.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (numbers.TryAdd(key, captions.Count))
        {
            captions.Add(caption);
            captionKeys.Add(imageKey);
        }
        ofImages.Add(numbers[key]);
    }
}

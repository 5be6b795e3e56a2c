namespace Rils.Retrieval;

/// <summary>The distinct captions and which of them each image has.</summary>
/// <remarks>Captions that differ only in case or in white space are equal: most tokenizers cannot tell them apart, and no reader would.
/// The gallery depends on the data alone, so that every arm answers the same question.</remarks>
sealed class CaptionGallery
{
    readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> captions = [];
    readonly List<int> ofImages = [];
    readonly List<string> imageKeys = [], captionKeys = [];

    /// <summary>Each caption once, as it was first written.</summary>
    public IReadOnlyList<string> Captions => captions;

    /// <summary>For each image the number of its caption.</summary>
    public IReadOnlyList<int> OfImages => ofImages;

    /// <summary>The images' keys.</summary>
    public IReadOnlyList<string> ImageKeys => imageKeys;

    /// <summary>For each caption the key of the first image that has it.</summary>
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

namespace Rils.Retrieval;

/// <summary>The captions of the data, and those of each image.</summary>
/// <remarks>The gallery depends on the data alone, so every arm answers the same question.</remarks>
/// <param name="isMerged">Whether equal captions are one entry. Captions that differ only in case or white space are
/// equal: most tokenizers see no difference, and no reader would.</param>
sealed class CaptionGallery(bool isMerged)
{
    readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> captions = [];
    readonly List<IReadOnlyList<int>> ofImages = [];
    readonly List<List<int>> ofCaptions = [];
    readonly List<string> imageKeys = [], captionKeys = [];

    /// <summary>The entries; of merged captions each once, in the spelling of its first image.</summary>
    public IReadOnlyList<string> Captions => captions;

    /// <summary>The numbers of each image's captions in <see cref="Captions"/>, each once.</summary>
    public IReadOnlyList<IReadOnlyList<int>> OfImages => ofImages;

    /// <summary>The numbers of the images that have each caption.</summary>
    public IReadOnlyList<IReadOnlyList<int>> OfCaptions => ofCaptions;

    /// <summary>The images' keys, in the order of <see cref="Add"/>.</summary>
    public IReadOnlyList<string> ImageKeys => imageKeys;

    /// <summary>For each caption, the key of the first image that has it; <c>KEY#2</c> for the second caption of that
    /// image, and so on.</summary>
    public IReadOnlyList<string> CaptionKeys => captionKeys;

    /// <summary>Adds the next image.</summary>
    /// <param name="imageKey">The image's key.</param>
    /// <param name="own">The image's captions, at least one.</param>
    public void Add(string imageKey, IReadOnlyList<string> own)
    {
        List<int> mine = [];
        foreach (var (place, caption) in own.Index())
        {
            var key = place == 0 ? imageKey : $"{imageKey}#{place + 1}";
            var number = isMerged ? Merged(caption, key) : Entry(caption, key);
            if (mine.Contains(number)) continue;
            mine.Add(number);
            ofCaptions[number].Add(imageKeys.Count);
        }
        imageKeys.Add(imageKey);
        ofImages.Add(mine);
    }

    int Merged(string caption, string key)
    {
        var plain = string.Join(' ', caption.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return numbers.TryGetValue(plain, out var known) ? known : numbers[plain] = Entry(caption, key);
    }

    int Entry(string caption, string key)
    {
        captions.Add(caption);
        captionKeys.Add(key);
        ofCaptions.Add([]);
        return captions.Count - 1;
    }
}

namespace Rils.Engine.Datasets.Inspection;

/// <summary>The contents of some data, counted.</summary>
/// <param name="Kind">The kind of source.</param>
/// <param name="Samples">Number of samples, bad ones too, repeats of the source not.</param>
/// <param name="ClassNames">The names of the classes; null where the data does not name them.</param>
public sealed record DataSummary(string Kind, int Samples, IReadOnlyList<string>? ClassNames)
{
    /// <summary>Sizes of the image files, in bytes.</summary>
    public Distribution Bytes { get; } = new();

    /// <summary>Widths of the images as they are shown, in pixels.</summary>
    public Distribution Widths { get; } = new();

    /// <summary>Heights of the images as they are shown, in pixels.</summary>
    public Distribution Heights { get; } = new();

    /// <summary>Number of images of each format, by the extension of such files.</summary>
    public SortedDictionary<string, long> Formats { get; } = new(StringComparer.Ordinal);

    /// <summary>Captions of each sample.</summary>
    public Distribution CaptionsEach { get; } = new();

    /// <summary>Lengths of the captions, in characters (UTF-16 units).</summary>
    public Distribution Characters { get; } = new();

    /// <summary>Lengths of the captions, in words between white space.</summary>
    public Distribution Words { get; } = new();

    /// <summary>The class numbers of the samples that have one.</summary>
    public Distribution Classes { get; } = new();

    /// <summary>Number of samples that have a component of another type than caption and class, by the type's
    /// name.</summary>
    public SortedDictionary<string, long> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of bad samples.</summary>
    public int Bad { get; internal set; }

    /// <summary>The first bad samples.</summary>
    public IReadOnlyList<BadRead> FirstBad { get; internal set; } = [];

    /// <summary>How many images are copies of an earlier sample's, byte for byte.</summary>
    public int Copies { get; internal set; }

    /// <summary>The images that most samples share.</summary>
    public IReadOnlyList<Repetition> SameImages { get; internal set; } = [];

    /// <summary>The most frequent captions.</summary>
    public IReadOnlyList<Repetition> SameCaptions { get; internal set; } = [];

    /// <summary>Pictures of samples that are spread evenly over the data.</summary>
    public IReadOnlyList<Thumbnail> Thumbnails { get; internal set; } = [];
}

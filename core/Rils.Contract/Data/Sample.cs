namespace Rils.Contract;

/// <summary>One image with what is known of it.</summary>
/// <param name="Key">Unique within the source and stable: randomness and error messages refer to it.</param>
/// <param name="Image">The bytes of the image file.</param>
/// <param name="Caption">Its text; null where the data has none that can be used.</param>
/// <param name="Class">Its class number, from 0; null where the data has none that can be used.</param>
public sealed record Sample(string Key, ReadOnlyMemory<byte> Image, string? Caption, int? Class)
{
    /// <summary>Why a caption that is there cannot be used: <c>its .txt is not valid UTF-8</c>. Null where there is
    /// none, or a good one. Whoever reads captions leaves such a sample out.</summary>
    public string? CaptionFault { get; init; }

    /// <summary>Why a class that is there cannot be used; as <see cref="CaptionFault"/>.</summary>
    public string? ClassFault { get; init; }

    /// <summary>The sample's files, for the message that a caption is lacking: <c>an image, a .cls</c>. Null where they
    /// help nobody.</summary>
    public string? Contents { get; init; }

    /// <summary>Oddities of a sample that is used all the same, in words that are the same for all such samples:
    /// <c>its .txt is blank</c>. Told for the first sample, and counted.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

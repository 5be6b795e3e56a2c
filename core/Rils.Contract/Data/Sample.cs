namespace Rils.Contract;

/// <summary>One image with its caption and its class.</summary>
/// <param name="Key">The sample's name, unique within the source and the same in every run: random streams and error
/// messages refer to it.</param>
/// <param name="Image">The bytes of the image file.</param>
/// <param name="Caption">The caption; null where the data has none that can be used.</param>
/// <param name="Class">The class number, from 0; null where the data has none that can be used.</param>
public sealed record Sample(string Key, ReadOnlyMemory<byte> Image, string? Caption, int? Class)
{
    /// <summary>Why the data's caption cannot be used: <c>its .txt is not valid UTF-8</c>. Null where the data has no
    /// caption, or a good one. Readers of captions leave a sample with such a fault out.</summary>
    public string? CaptionFault { get; init; }

    /// <summary>Why the data's class cannot be used. Null where the data has no class, or a good one. Readers of
    /// classes leave a sample with such a fault out.</summary>
    public string? ClassFault { get; init; }

    /// <summary>The sample's files, for the message that the sample has no caption: <c>an image, a .cls</c>. Null where
    /// the message should not list any.</summary>
    public string? Contents { get; init; }

    /// <summary>Oddities of a sample that can be used, in words that are the same for all such samples:
    /// <c>its .txt is blank</c>. The engine prints each with the first such sample, and counts the others.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

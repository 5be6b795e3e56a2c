namespace Rils.WebDataset;

/// <summary>The kinds of things in a shard that the source does not understand.</summary>
enum OddityKind : byte
{
    /// <summary>An image whose name goes on behind its first dot, where a sample's name ends.</summary>
    Dotted,

    /// <summary>A second image, caption, class or json of one sample.</summary>
    Second,

    /// <summary>A file that is not part of a sample.</summary>
    NoSample,

    /// <summary>A link that leads out of the shard.</summary>
    Link,

    /// <summary>A name that is not UTF-8; the file is used.</summary>
    NotUtf8,
}

namespace Rils.WebDataset;

/// <summary>Kinds of things in a shard that are not understood.</summary>
enum OddityKind : byte
{
    /// <summary>An image whose name goes on behind its first dot, where a sample's name ends.</summary>
    Dotted,

    /// <summary>A second image, caption, class or json of one sample.</summary>
    Second,

    /// <summary>A file that is no part of a sample.</summary>
    NoSample,

    /// <summary>A link to what is not in the shard.</summary>
    Link,

    /// <summary>A name that is not UTF-8; its file is used.</summary>
    NotUtf8,
}

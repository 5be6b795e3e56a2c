using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>The kinds of things in a folder that the source does not understand.</summary>
enum FolderOddity : byte
{
    /// <summary>A file with another ending than an image's.</summary>
    NoImage,

    /// <summary>An image whose name is not UTF-8, so that .NET cannot open it.</summary>
    NotUtf8,

    /// <summary>A folder that is a link to one that was read already.</summary>
    Circle,

    /// <summary>A row of the captions that names no image of the folder.</summary>
    NoSuchImage,
}

using System.Text.Json.Serialization;

namespace Rils.ImageFiles;

/// <summary>COCO's annotations, as far as they are read.</summary>
sealed record CocoFile
{
    /// <summary>The images.</summary>
    public IReadOnlyList<CocoImage>? Images { get; init; }

    /// <summary>The captions or the objects of the images.</summary>
    public IReadOnlyList<CocoAnnotation>? Annotations { get; init; }

    /// <summary>The classes of objects.</summary>
    public IReadOnlyList<CocoCategory>? Categories { get; init; }
}

/// <summary>An image.</summary>
/// <param name="Id">The number by which annotations name the image.</param>
/// <param name="FileName">The path from the folder of the images.</param>
sealed record CocoImage(long Id, string? FileName);

/// <summary>A caption, or an object.</summary>
/// <param name="ImageId">The image.</param>
/// <param name="Caption">The caption; null for an object.</param>
/// <param name="CategoryId">The class of the object.</param>
/// <param name="Bbox">Left, top, width and height, in pixels.</param>
sealed record CocoAnnotation(
    long ImageId, [property: JsonConverter(typeof(CocoCaptionReader))] CocoCaption? Caption,
    long? CategoryId, IReadOnlyList<double>? Bbox);

/// <summary>A caption, or why it cannot be used.</summary>
/// <param name="Text">The caption without white space around it; null where it cannot be used.</param>
/// <param name="Fault">Words for <see cref="Sample.WithFault{T}"/>; null where the caption can be used.</param>
sealed record CocoCaption(string? Text, string? Fault = null);

/// <summary>A class of objects.</summary>
/// <param name="Id">The number by which objects name the class.</param>
/// <param name="Name">The name.</param>
sealed record CocoCategory(long Id, string? Name);

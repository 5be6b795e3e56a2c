using System.ComponentModel.DataAnnotations;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Options of <c>[data] kind = "folder"</c>: images in a folder, each of whose folders is a class.</summary>
public sealed record FolderOptions
{
    /// <summary>A table of captions (CSV, TSV), whose rows name images by paths from the table's folder or from the
    /// folder of the images; several rows of an image are several captions. Not given: `metadata.csv` or `captions.csv`
    /// in the folder, where there is one. An image that no row names has the text of the `.txt` of its name.</summary>
    [ExperimentPath]
    public string? Captions { get; init; }

    /// <summary>The column of the captions. Not given: `caption`, `text`, `title` or `description`.</summary>
    public string? CaptionColumn { get; init; }

    /// <summary>The encoding of captions that have no byte-order mark: `utf-8` or `latin-1` (ISO 8859-1). A sample
    /// whose bytes do not fit the encoding is a bad sample.</summary>
    [AllowedValues(SampleText.Utf8, SampleText.Latin1)]
    public string Encoding { get; init; } = SampleText.Utf8;
}

using System.ComponentModel.DataAnnotations;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Options of <c>[data] kind = "table"</c>: a CSV or TSV whose rows name images.</summary>
public sealed record TableOptions
{
    /// <summary>The column with the path of the image. Not given: `image`, `image_path`, `file_name`, `filename`,
    /// `filepath`, `file` or `path`.</summary>
    public string? ImageColumn { get; init; }

    /// <summary>The column with the caption. Not given: `caption`, `text`, `title` or `description`, where there is
    /// one.</summary>
    public string? CaptionColumn { get; init; }

    /// <summary>The column with the class, a number from 0 or a name. Not given: `label` or `class`, where there is
    /// one.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The folder from which relative paths of images start. Not given: the folder of the table.</summary>
    [ExperimentPath]
    public string? Images { get; init; }

    /// <summary>The encoding of the table where it has no byte-order mark: `utf-8` or `latin-1` (ISO 8859-1). A sample
    /// whose bytes do not fit the encoding is a bad sample.</summary>
    [AllowedValues(SampleText.Utf8, SampleText.Latin1)]
    public string Encoding { get; init; } = SampleText.Utf8;
}

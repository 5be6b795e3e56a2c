namespace Rils.Parquet;

/// <summary>Options of <c>[data] kind = "parquet"</c>: Parquet files, whose rows are samples.</summary>
public sealed record ParquetOptions
{
    /// <summary>The column of the images: their bytes, a struct with `bytes` as Hugging Face writes it, or their paths.
    /// Not given: `image`, `image_path`, `file_name`, `filename`, `filepath`, `file` or `path`.</summary>
    public string? ImageColumn { get; init; }

    /// <summary>The column of the captions, a text or a list of texts. Not given: `caption`, `text`, `title` or
    /// `description`, where there is one.</summary>
    public string? CaptionColumn { get; init; }

    /// <summary>The column of the classes, numbers from 0 or names. Not given: `label` or `class`, where there is
    /// one.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The folder from which relative paths of images start. Not given: the folder of the file.</summary>
    [ExperimentPath]
    public string? Images { get; init; }
}

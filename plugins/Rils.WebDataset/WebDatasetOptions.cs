using System.ComponentModel.DataAnnotations;

namespace Rils.WebDataset;

/// <summary>Options of <c>[data] kind = "webdataset"</c>.</summary>
public sealed record WebDatasetOptions
{
    /// <summary>The encoding of captions, classes and jsons that have no byte-order mark: `utf-8` or `latin-1` (ISO
    /// 8859-1). A sample whose bytes do not fit the encoding is a bad sample.</summary>
    [AllowedValues("utf-8", "latin-1")]
    public string Encoding { get; init; } = "utf-8";
}

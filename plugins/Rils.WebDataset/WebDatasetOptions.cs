namespace Rils.WebDataset;

/// <summary>Options of <c>[data] kind = "webdataset"</c>: none beside the patterns that every source has.</summary>
public sealed record WebDatasetOptions;

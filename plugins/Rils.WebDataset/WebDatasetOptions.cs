namespace Rils.WebDataset;

/// <summary>Options of <c>[data] kind = "webdataset"</c>: no keys beside those of every source.</summary>
public sealed record WebDatasetOptions;

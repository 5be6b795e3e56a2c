[assembly: RequiresPlugin("Rils.Sources", "0.1")]

namespace Rils.WebDataset;

/// <summary>Brings <c>[data] kind = "webdataset"</c>.</summary>
public sealed class WebDatasetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Source<WebDatasetOptions, WebDatasetSource>("webdataset");
}

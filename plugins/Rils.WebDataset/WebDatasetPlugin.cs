namespace Rils.WebDataset;

/// <summary>Brings <c>[data] kind = "webdataset"</c>.</summary>
public sealed class WebDatasetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Source<WebDatasetOptions>("webdataset",
            static (options, context) => new WebDatasetSource(context, options));
}

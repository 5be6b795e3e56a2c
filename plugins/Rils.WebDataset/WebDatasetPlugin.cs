namespace Rils.WebDataset;

/// <summary>Brings the source <c>webdataset</c>.</summary>
public sealed class WebDatasetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Source<WebDatasetOptions>("webdataset",
            static (options, context) => new WebDatasetSource(context, options));
}

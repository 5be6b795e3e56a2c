namespace Rils.Imaging;

/// <summary>Brings <c>[data.augmentation] kind = "random-resized-crop"</c> and <c>[data.views] kind =
/// "simclr"</c>.</summary>
public sealed class ImagingPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Augmentation<RandomResizedCropOptions>(
            "random-resized-crop", static (options, context) => new SpreadCrop(options, context.ImageSize))
        .Views<SimClrViewsOptions>("simclr", static (options, context) => new SpreadViews(options, context.ImageSize));
}

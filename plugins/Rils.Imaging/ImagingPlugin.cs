namespace Rils.Imaging;

/// <summary>Brings the augmentation <c>random-resized-crop</c> and the views <c>simclr</c>.</summary>
public sealed class ImagingPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Augmentation<RandomResizedCropOptions>(
            "random-resized-crop", static (options, context) => new SpreadCrop(options, context.ImageSize))
        .Views<SimClrViewsOptions>("simclr", static (options, context) => new SpreadViews(options, context.ImageSize));
}

namespace Rils.PixelTarget;

/// <summary>Brings <c>[target] kind = "pixel"</c>.</summary>
public sealed class PixelTargetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Target<PixelTargetOptions>("pixel")
        .System(Stage.Setup, "pixel.shape", PixelShape.Make, static order => order.Requires<PixelTargetOptions>())
        .System(Stage.Objective, "pixel.loss", PixelLoss.Loss)
        .System(Stage.Observe, "pixel.pictures", PixelPictures.Add, static order => order.Passive());
}

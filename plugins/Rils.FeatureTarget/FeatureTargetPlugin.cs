[assembly: RequiresPlugin("Rils.Measures", "0.1")]

namespace Rils.FeatureTarget;

/// <summary>Brings <c>[target] kind = "features"</c>.</summary>
public sealed class FeatureTargetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Target<FeatureTargetOptions>("features")
        .System(Stage.Setup, "features.shape", FeatureShape.Make,
            static order => order.Requires<FeatureTargetOptions>())
        .System(Stage.Objective, "features.loss", FeatureLoss.Loss);
}

namespace Rils.LayerDecay;

/// <summary>Brings <c>[layer_decay]</c>.</summary>
public sealed class LayerDecayPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Component<LayerDecayOptions>("layer_decay")
        .System(Stage.Setup, "layer_decay.rule", LayerDecayRule.Append);
}

namespace Rils.Masking;

/// <summary>Brings <c>[masking] kind = "random"</c>, <c>"block"</c> and <c>"grid"</c>.</summary>
public sealed class MaskingPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Masking<RandomMaskingOptions>("random",
            static (options, _) => new RankedMasking(options.Ratio, static (noise, _) => noise))
        .Masking<BlockMaskingOptions>("block",
            static (options, _) => new RankedMasking(options.Ratio, BlockOrder.Scores))
        .Masking<GridMaskingOptions>("grid",
            static (options, _) => new RankedMasking(options.Ratio, GridOrder.Scores));
}

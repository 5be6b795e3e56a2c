namespace Rils.Masking;

/// <summary>Brings <c>[masking] kind = "random"</c>, <c>"random-ramp"</c>, <c>"block"</c>, <c>"grid"</c>,
/// <c>"similar"</c> and <c>"attended"</c>.</summary>
public sealed class MaskingPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Masking<RandomMaskingOptions>("random",
            static (options, _) => new RankedMasking(options.Ratio, static (noise, _) => noise))
        .Masking<BlockMaskingOptions>("block",
            static (options, _) => new RankedMasking(options.Ratio, BlockOrder.Scores))
        .Masking<GridMaskingOptions>("grid",
            static (options, _) => new RankedMasking(options.Ratio, GridOrder.Scores))
        .Masking<RandomRampOptions>("random-ramp")
        .System(Stage.Forward, "masking.random-ramp", RandomRamp.Mask)
        .Masking<SimilarMaskingOptions>("similar")
        .System(Stage.Forward, "masking.similar", SimilarMasking.Mask)
        .Masking<AttendedMaskingOptions>("attended")
        .System(Stage.Forward, "masking.attended", AttendedMasking.Mask);
}

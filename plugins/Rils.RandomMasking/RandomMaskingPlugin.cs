namespace Rils.RandomMasking;

/// <summary>Brings <c>[masking] kind = "random"</c>.</summary>
public sealed class RandomMaskingPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Masking<RandomMaskingOptions>("random", static (options, _) => new SmallestNoiseMasking(options));
}

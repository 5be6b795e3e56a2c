namespace Rils.AdamW;

/// <summary>Brings <c>[optimizer] kind = "adamw"</c>.</summary>
public sealed class AdamWPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Optimizer<AdamWOptions, FusedAdamW>("adamw");
}

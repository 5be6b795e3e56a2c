namespace Rils.Sgd;

/// <summary>Brings <c>[optimizer] kind = "sgd"</c>.</summary>
public sealed class SgdPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Optimizer<SgdOptions, MomentumSgd>("sgd");
}

[assembly: RequiresPlugin("Rils.Measures", "0.1")]

namespace Rils.Contrastive;

/// <summary>Brings <c>[[objective]] kind = "contrastive"</c>.</summary>
public sealed class ContrastivePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Objective<ContrastiveOptions>("contrastive")
        .System(Stage.Objective, "contrastive", ContrastiveLoss.Loss);
}

namespace Rils.Average;

/// <summary>Brings <c>[average]</c>.</summary>
public sealed class AveragePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Component<AverageOptions>("average")
        .System(Stage.Setup, "average.setup", AverageSystems.Setup,
            static order => order.Requires<AverageOptions>())
        .System(Stage.Update, "average.follow", AverageSystems.Follow, static order => order.After<Weights>());
}

[assembly: RequiresPlugin("Rils.Layers", "0.1")]
[assembly: RequiresPlugin("Rils.Measures", "0.1")]

namespace Rils.SimClr;

/// <summary>Brings <c>[[objective]] kind = "simclr"</c>.</summary>
public sealed class SimClrPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Objective<SimClrOptions>("simclr")
        .System(Stage.Setup, "simclr.setup", Projection.Setup)
        .System(Stage.Setup, "simclr.statistics", Projection.Statistics,
            static order => order.Requires<ProjectionHead>())
        .System(Stage.Forward, "simclr.project", Projection.Project)
        .System(Stage.Objective, "simclr", SimClrLoss.Loss);
}

namespace Rils.Models;

/// <summary>Brings shared space <c>linear</c> and the clamp of its logit scale.</summary>
public sealed class LinearSpacePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Space<LinearSpaceOptions>("linear", static (options, context) => new LinearSpace(options, context))
        .System(Stage.Update, "space.clamp", Clamp, static order => order.After("optimizer"));

    // Updates Weights through the module, which is a view of them. A space of another kind keeps its own rules.
    internal static void Clamp(in SharedSpace space, ref Weights weights) => (space as LinearSpace)?.ClampLogitScale();
}

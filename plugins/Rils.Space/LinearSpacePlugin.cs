namespace Rils.Models;

/// <summary>Brings <c>[space] kind = "linear"</c>, and clamps its logit scale after each step.</summary>
public sealed class LinearSpacePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Space<LinearSpaceOptions>("linear", static (options, context) => new LinearSpace(options, context))
        .System(Stage.Update, "space.clamp", Clamp, static order => order.After("optimizer"));

    // Updates Weights through the module, which is a view of them. A space of another kind has rules of its own.
    internal static void Clamp(in SharedSpace space, ref Weights weights) => (space as LinearSpace)?.ClampLogitScale();
}

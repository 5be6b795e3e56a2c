[assembly: RequiresPlugin("Rils.Layers", "0.1")]

namespace Rils.Models;

/// <summary>Brings <c>[backbone] kind = "vit"</c>.</summary>
public sealed class VitPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) =>
        rils.Backbone<VitOptions, Vit>("vit", static (options, experiment) => new Vit(options, experiment.ImageSize));
}

namespace Rils.Models;

/// <summary>Brings <c>[backbone] kind = "resnet"</c>.</summary>
public sealed class ResNetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils.Backbone<ResNetOptions, ResNet>(
        "resnet", static (options, experiment) => new ResNet(options, experiment.ImageSize));
}

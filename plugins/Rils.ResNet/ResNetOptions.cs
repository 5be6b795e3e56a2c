using System.ComponentModel.DataAnnotations;

namespace Rils.Models;

/// <summary>Options of <c>[backbone] kind = "resnet"</c>. An image's feature is the mean of the last feature map, 512
/// numbers wide at depth 18 and 2,048 at depth 50. Batch norm looks at the whole batch, so <c>[data] chunk</c> is
/// refused. There are no patch tokens: an arm with this backbone has no <c>[masking]</c>, <c>[decoder]</c> or
/// <c>[target]</c>.</summary>
public sealed record ResNetOptions : IBackboneOptions
{
    /// <summary>Number of layers: 18 or 50 (He et al. 2016). At 50 the stride lies in the 3 x 3 layers, as in
    /// torchvision.</summary>
    [AllowedValues(18, 50)]
    public int Depth { get; init; } = 50;

    /// <inheritdoc/>
    public BackboneShape ShapeFor(int imageSize) => new(512 * Expansion) { Layers = ResNet.Stages };

    /// <summary>The width of a stage's maps, as a multiple of the width of its inner layers.</summary>
    internal int Expansion => Depth == 18 ? 1 : 4;
}
